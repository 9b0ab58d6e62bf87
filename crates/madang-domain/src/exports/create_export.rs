//! Asking for an export.

use super::{Export, ExportState};
use crate::ctx::Ctx;
use crate::store::{StoreError, UnitOfWork};

/// Why none is made.
#[derive(Debug, thiserror::Error)]
pub enum CreateExportError {
    /// The last one was asked for too recently.
    #[error("one export at a time")]
    LimitReached,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Has an export of the caller's data made; the password has been proven before.
pub fn create_export(uow: &mut dyn UnitOfWork, ctx: &Ctx) -> Result<Export, CreateExportError> {
    let owner = ctx.actor.user;
    // Two at the same time wait for each other here.
    uow.accounts().find_for_change(owner)?;
    let newest = uow.exports().find_newest(owner)?;
    if newest.is_some_and(|at| ctx.now < at + ctx.policy.accounts.export) {
        return Err(CreateExportError::LimitReached);
    }
    let export = Export { id: ctx.fresh(), owner, state: ExportState::Running, created_at: ctx.now };
    uow.exports().add(&export)?;
    Ok(export)
}
