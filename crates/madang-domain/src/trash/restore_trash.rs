//! Taking an own item out of the trash.

use super::TrashKind;
use crate::comments::{RestoreCommentError, restore_comment};
use crate::ctx::Ctx;
use crate::leads::{RestoreLeadError, restore_lead};
use crate::permissions::Denial;
use crate::posts::{RestorePostError, restore_post};
use crate::store::{StoreError, UnitOfWork};
use uuid::Uuid;

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What it is.
    pub kind: TrashKind,
    /// Its id, the same as before.
    pub id: Uuid,
}

/// Why an item stays in the trash.
#[derive(Debug, thiserror::Error)]
pub enum RestoreTrashError {
    /// Nothing of this id in the caller's trash.
    #[error("no such item")]
    NotFound,
    /// Too late, or what contained it is gone.
    #[error("the item cannot be restored")]
    NotRestorable,
    /// A restriction is running where the item stood.
    #[error("the caller may not restore it")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Restores the caller's own deleted item with everything as it was (DEL-2).
pub fn restore_trash(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: Uuid) -> Result<Restored, RestoreTrashError> {
    let Some(item) = uow.trash().find_locked(ctx.actor.user, id)? else {
        return Err(RestoreTrashError::NotFound);
    };
    item.check_restore(ctx).map_err(|denial| match denial {
        Denial::NotRestorable => RestoreTrashError::NotRestorable,
        denial => RestoreTrashError::Denied(denial),
    })?;
    match item.kind {
        TrashKind::Post => restore_post(uow, ctx, id.into()).map_err(|error| match error {
            RestorePostError::NotRestorable => RestoreTrashError::NotRestorable,
            RestorePostError::Store(error) => RestoreTrashError::Store(error),
        })?,
        TrashKind::Lead => restore_lead(uow, ctx, id.into()).map_err(|error| match error {
            RestoreLeadError::NotRestorable => RestoreTrashError::NotRestorable,
            RestoreLeadError::Store(error) => RestoreTrashError::Store(error),
        })?,
        TrashKind::Comment => restore_comment(uow, id.into()).map_err(|error| match error {
            RestoreCommentError::NotRestorable => RestoreTrashError::NotRestorable,
            RestoreCommentError::Store(error) => RestoreTrashError::Store(error),
        })?,
        // Nothing of these kinds can be deleted yet, so none can be found.
        TrashKind::Timetable => {
            return Err(RestoreTrashError::NotRestorable);
        }
    }
    uow.trash().remove(id)?;
    Ok(Restored { kind: item.kind, id })
}
