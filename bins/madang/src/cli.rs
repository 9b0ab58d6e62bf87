//! The command line.

use crate::commands;
use crate::failure::Failure;
use crate::output;
use crate::settings::{Overrides, Settings, Sources};
use clap::{CommandFactory, Parser, Subcommand};
use std::path::PathBuf;

/// Campus community server: boards with anonymous writing, for many schools, in one program.
#[derive(Debug, Parser)]
#[command(name = "madang", version, propagate_version = true, subcommand_required = false)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command takes.
#[derive(Clone, Debug, clap::Args)]
pub struct Global {
    /// Settings file [default: madang.toml in the working directory, if there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Directory of the database, keys, mail, media and backups [default: ./madang-data]
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

impl Global {
    /// The settings in force.
    pub fn settings(&self) -> Result<Settings, Failure> {
        self.settings_bound_to(None)
    }

    /// The settings in force with `--bind`.
    pub fn settings_bound_to(&self, bind: Option<String>) -> Result<Settings, Failure> {
        let overrides = Overrides { data_dir: self.data_dir.clone(), bind };
        Ok(Settings::load(&Sources { config: self.config.clone(), environment: true, overrides })?)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve(commands::serve::Serve),
    /// Run, list or take back the schema's migrations
    Migrate(commands::migrate::Migrate),
    /// Make people
    #[command(subcommand)]
    Admin(commands::admin::Admin),
    /// Take over what another system has
    #[command(subcommand)]
    Import(commands::import::Import),
    /// Fill a fresh database with demonstration data
    Seed(commands::seed::Seed),
    /// Print an access token of a user, for the operator's shell
    Token(commands::token::Token),
    /// Print the OpenAPI document that /openapi.json serves
    Openapi,
    /// Look for what is wrong, and say what to do about it
    Doctor(commands::doctor::Doctor),
    /// Show or judge the settings
    #[command(subcommand)]
    Config(commands::config::Config),
    /// Print completions for a shell
    Completions(commands::completions::Completions),
    /// Print the manual page
    Man,
}

impl Cli {
    /// Does what is asked.
    ///
    /// # Errors
    /// When it could not be done; the failure knows the exit status.
    pub fn run(self) -> Result<(), Failure> {
        let global = &self.global;
        match self.command {
            None => output::text(&Self::command().render_help().to_string()),
            Some(Command::Serve(serve)) => serve.run(global),
            Some(Command::Migrate(migrate)) => migrate.run(global),
            Some(Command::Admin(admin)) => admin.run(global),
            Some(Command::Import(import)) => import.run(global),
            Some(Command::Seed(seed)) => seed.run(global),
            Some(Command::Token(token)) => token.run(global),
            Some(Command::Openapi) => commands::openapi::run(),
            Some(Command::Doctor(doctor)) => doctor.run(global),
            Some(Command::Config(config)) => config.run(global),
            Some(Command::Completions(completions)) => completions.run(),
            Some(Command::Man) => commands::man::run(),
        }
    }
}
