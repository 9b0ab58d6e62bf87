//! Adding a lead.

use super::Lead;
use crate::accounts::Email;
use crate::ctx::Ctx;
use crate::store::{StoreError, UnitOfWork};

/// A lead that is to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateLead {
    /// Who it is.
    pub name: String,
    /// Its address.
    pub email: Email,
    /// A note.
    pub message: Option<String>,
}

/// Why a lead is not added.
#[derive(Debug, thiserror::Error)]
pub enum CreateLeadError {
    /// Another live lead of the caller has the address.
    #[error("the address is taken")]
    EmailTaken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds a lead that belongs to the caller.
pub fn create_lead(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: CreateLead,
) -> Result<Lead, CreateLeadError> {
    let owner = ctx.actor.user;
    if uow.leads().exists_email(owner, &command.email, None)? {
        return Err(CreateLeadError::EmailTaken);
    }
    let CreateLead { name, email, message } = command;
    let (created_at, updated_at) = (ctx.now, ctx.now);
    let lead = Lead { id: ctx.fresh(), owner, name, email, message, created_at, updated_at };
    uow.leads().add(&lead)?;
    Ok(lead)
}
