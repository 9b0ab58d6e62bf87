//! `madang config print` and `madang config check`.

use crate::cli::Global;
use crate::failure::Failure;
use crate::output;
use clap::Subcommand;

/// Show or judge the settings.
#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Print the settings in force with their origin, secrets left out
    Print,
    /// Judge the settings without starting anything
    Check,
}

impl Config {
    /// Runs the command.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let settings = global.settings()?;
        match self {
            Self::Print => output::text(&settings.print()),
            Self::Check => output::line("the settings are sound"),
        }
    }
}
