//! `madang seed --demo`.

use crate::cli::Global;
use crate::failure::Failure;
use clap::Args;

/// Fill a fresh database with demonstration data.
#[derive(Debug, Args)]
pub(crate) struct Seed {
    /// Demonstration data: the only kind there is
    #[arg(long, required = true)]
    demo: bool,
    /// The number that everything random is drawn from
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How much, as a multiple of the usual amount
    #[arg(long, value_name = "X", default_value_t = 1.0)]
    scale: f64,
}

impl Seed {
    /// Runs the command.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let _ = (self.demo, self.seed, self.scale, global.settings()?);
        Err(Failure::new("not yet"))
    }
}
