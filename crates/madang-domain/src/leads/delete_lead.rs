//! Deleting a lead into its owner's trash.

use super::{EditLeadError, Lead};
use crate::ctx::Ctx;
use crate::ids::LeadId;
use crate::store::UnitOfWork;
use crate::trash::{TrashEntry, TrashKind};

/// Deletes the caller's own lead, which waits in the trash from then on (DEL-1, DEL-2).
pub fn delete_lead(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: LeadId,
    as_seen: &dyn Fn(&Lead) -> bool,
) -> Result<(), EditLeadError> {
    let owner = ctx.actor.user;
    let lead = uow.leads().find_for_change(owner, id)?.ok_or(EditLeadError::NotFound)?;
    if !as_seen(&lead) {
        return Err(EditLeadError::PreconditionFailed);
    }
    if !uow.leads().mark_deleted(owner, id, ctx.now)? {
        return Err(EditLeadError::NotFound);
    }
    let entry = TrashEntry {
        kind: TrashKind::Lead,
        id: id.into(),
        owner,
        board_id: None,
        title: Some(lead.name),
        excerpt: lead.message.as_deref().map(TrashEntry::excerpt_of),
        deleted_at: ctx.now,
    };
    Ok(uow.trash().add(&entry)?)
}
