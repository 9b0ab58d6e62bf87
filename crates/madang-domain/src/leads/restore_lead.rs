//! Taking a lead back out of the trash.

use crate::ctx::Ctx;
use crate::ids::LeadId;
use crate::store::{StoreError, UnitOfWork};

/// Why a lead stays in the trash.
#[derive(Debug, thiserror::Error)]
pub enum RestoreLeadError {
    /// Its address is used by another live lead, or it is not there.
    #[error("the lead cannot be restored")]
    NotRestorable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Restores a lead that the caller found in the own trash, with everything as it was (DEL-2).
pub fn restore_lead(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: LeadId) -> Result<(), RestoreLeadError> {
    let owner = ctx.actor.user;
    let found = uow.leads().find_deleted(owner, id)?.ok_or(RestoreLeadError::NotRestorable)?;
    if uow.leads().exists_email(owner, &found.email, None)? {
        return Err(RestoreLeadError::NotRestorable);
    }
    Ok(uow.leads().restore(owner, id)?)
}
