//! `madang doctor`.

use crate::cli::Global;
use crate::failure::Failure;
use clap::Args;

/// Look for what is wrong, and say what to do about it.
#[derive(Debug, Args)]
pub(crate) struct Doctor {}

impl Doctor {
    /// Runs the command.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let _ = global.settings()?;
        Err(Failure::new("not yet"))
    }
}
