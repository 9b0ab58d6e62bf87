//! Deleting a board as staff, at any time.

use crate::actor::{CallerStateError, Role};
use crate::boards::StaffBoardView;
use crate::boards::acts::{DELETED, act};
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::store::{StoreError, UnitOfWork};

/// Why a board is not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteAnyBoardError {
    /// Not staff.
    #[error("the caller is not staff")]
    Caller(CallerStateError),
    /// No such live board for this caller.
    #[error("no such board")]
    NotFound,
    /// The board is not as the caller saw it.
    #[error("the board has changed")]
    PreconditionFailed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Deletes a board of the caller's school, or of any for an admin (BRD-7).
pub fn delete_any_board(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: BoardId,
    as_seen: &dyn Fn(&StaffBoardView) -> bool,
) -> Result<(), DeleteAnyBoardError> {
    ctx.actor.check_role(Role::Moderator).map_err(DeleteAnyBoardError::Caller)?;
    let found = uow.boards().find_for_staff_locked(&ctx.actor, id)?.filter(|view| view.deleted_at.is_none());
    let Some(view) = found else { return Err(DeleteAnyBoardError::NotFound) };
    if !as_seen(&view) {
        return Err(DeleteAnyBoardError::PreconditionFailed);
    }
    if !uow.boards().mark_deleted(id, ctx.actor.user, ctx.now)? {
        return Err(DeleteAnyBoardError::NotFound);
    }
    Ok(uow.audit().add_act(&act(ctx, view.board.school_id, id, DELETED))?)
}
