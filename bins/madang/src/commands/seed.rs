//! `madang seed --demo`.

use crate::cli::Global;
use crate::demo;
use crate::failure::Failure;
use crate::local::Local;
use crate::output;
use clap::Args;

/// Fill a fresh database with demonstration data.
#[derive(Debug, Args)]
pub(crate) struct Seed {
    /// Demonstration data, the only kind there is
    #[arg(long, required = true)]
    demo: bool,
    /// The number that everything is drawn from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How much, as a multiple of the usual amount
    #[arg(long, value_name = "X", default_value_t = 1.0, value_parser = scale)]
    scale: f64,
}

fn scale(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(scale) if scale > 0.0 && scale <= 1000.0 => Ok(scale),
        _ => Err("a number above 0, at most 1000".to_owned()),
    }
}

impl Seed {
    /// Runs the command.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let local = Local::alone(global.settings()?, "seed")?;
        let made = demo::fill(&local, self.seed, self.scale)?;
        for (username, password) in &made.logins {
            output::line(&format!("{username}  {password}"))?;
        }
        output::note(&format!(
            "{} users, {} posts and {} comments; start with: madang serve",
            made.logins.len(),
            made.posts,
            made.comments
        ));
        Ok(())
    }
}
