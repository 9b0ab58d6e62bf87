//! `madang import`.

mod row;
mod users;

use crate::cli::Global;
use crate::failure::Failure;
use clap::Subcommand;

/// Take over what another system has.
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Take over users of a Django site: one JSON object a line
    Users(users::Users),
}

impl Import {
    /// Runs the command.
    pub(crate) fn run(self, global: &Global) -> Result<(), Failure> {
        let Self::Users(users) = self;
        users.run(global)
    }
}
