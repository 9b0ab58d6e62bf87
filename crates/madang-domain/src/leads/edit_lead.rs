//! Changing a lead.

use super::Lead;
use crate::accounts::Email;
use crate::ctx::Ctx;
use crate::ids::LeadId;
use crate::store::{StoreError, UnitOfWork};

/// What changes; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditLead {
    /// The new name.
    pub name: Option<String>,
    /// The new address.
    pub email: Option<Email>,
    /// The new note, `Some(None)` to clear it.
    pub message: Option<Option<String>>,
}

/// Why a lead is not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditLeadError {
    /// The caller has no such live lead.
    #[error("no such lead")]
    NotFound,
    /// The lead is not as the caller saw it.
    #[error("the lead has changed")]
    PreconditionFailed,
    /// Another live lead of the caller has the address.
    #[error("the address is taken")]
    EmailTaken,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes the caller's own lead. `as_seen` tells whether it still is what the caller last saw.
pub fn edit_lead(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: LeadId,
    command: EditLead,
    as_seen: &dyn Fn(&Lead) -> bool,
) -> Result<Lead, EditLeadError> {
    let owner = ctx.actor.user;
    let lead = uow.leads().find_for_change(owner, id)?.ok_or(EditLeadError::NotFound)?;
    if !as_seen(&lead) {
        return Err(EditLeadError::PreconditionFailed);
    }
    let changed = Lead {
        name: command.name.unwrap_or_else(|| lead.name.clone()),
        email: command.email.unwrap_or_else(|| lead.email.clone()),
        message: command.message.unwrap_or_else(|| lead.message.clone()),
        ..lead.clone()
    };
    if changed == lead {
        return Ok(lead);
    }
    if uow.leads().exists_email(owner, &changed.email, Some(id))? {
        return Err(EditLeadError::EmailTaken);
    }
    let changed = Lead { updated_at: ctx.now, ..changed };
    uow.leads().save(&changed)?;
    Ok(changed)
}
