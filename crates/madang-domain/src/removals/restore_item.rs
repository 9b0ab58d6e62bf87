//! Taking a removal back as staff.

use super::put_back::put_back;
use super::{StaffAccessError, TargetKind, find_for_staff, refuse_stranger};
use crate::actor::Role;
use crate::audit::ModerationAct;
use crate::boards::restore_any_board;
use crate::ctx::Ctx;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};
use uuid::Uuid;

/// What staff take back, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestoreItem {
    /// The kind of it.
    pub kind: TargetKind,
    /// Its id.
    pub id: Uuid,
    /// Why.
    pub reason: String,
}

/// Why nothing is restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreItemError {
    /// No such item for this caller.
    #[error("no such item")]
    NotFound,
    /// The caller may not restore it, or it cannot be restored.
    #[error("it cannot be restored by this caller")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StaffAccessError> for RestoreItemError {
    fn from(error: StaffAccessError) -> Self {
        match error {
            StaffAccessError::NotFound => Self::NotFound,
            StaffAccessError::Forbidden => Self::Denied(Denial::Forbidden),
            StaffAccessError::Store(error) => Self::Store(error),
        }
    }
}

/// Takes the removal of a post or comment back: same text, labels, likes and stamps (DEL-3), counted again unless its
/// author has deleted it; the warning that came with the removal is lifted. Moderators and admins restore deleted boards
/// as well (BRD-7).
pub fn restore_item(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: &RestoreItem,
) -> Result<ModerationAct, RestoreItemError> {
    let item = match (command.kind, command.kind.item(command.id)) {
        (_, Some(item)) => find_for_staff(uow, ctx, item)?,
        (TargetKind::Board, _) if ctx.actor.role >= Role::Moderator => {
            return restore_any_board(uow, ctx, command.id.into(), &command.reason);
        }
        // A board that they see is not there for them to restore (403); of any other they learn nothing.
        (TargetKind::Board, _) => {
            let board = uow.boards().find(command.id.into())?;
            return match board.filter(|board| board.is_in_sight_of(&ctx.actor)) {
                Some(_) => Err(RestoreItemError::Denied(Denial::Forbidden)),
                None => Err(refuse_stranger(uow, &ctx.actor)?.into()),
            };
        }
        _ => return Err(refuse_stranger(uow, &ctx.actor)?.into()),
    };
    item.check_restore(&ctx.actor).map_err(RestoreItemError::Denied)?;
    Ok(put_back(uow, ctx, &item, &command.reason)?)
}
