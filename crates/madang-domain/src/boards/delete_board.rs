//! Closing a board for good, as its manager.

use super::BoardView;
use super::acts::{DELETED, act};
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};

/// Why a board is not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteBoardError {
    /// No such board for this caller.
    #[error("no such board")]
    NotFound,
    /// Not this caller's to delete, or not now.
    #[error("the caller may not delete it")]
    Denied(Denial),
    /// The board is not as the caller saw it.
    #[error("the board has changed")]
    PreconditionFailed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Deletes a board that the caller manages and that has been quiet (BRD-7). Its posts keep their own marks and are out
/// of everybody's sight (DEL-4).
pub fn delete_board(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: BoardId,
    as_seen: &dyn Fn(&BoardView) -> bool,
) -> Result<(), DeleteBoardError> {
    let Some(view) = uow.boards().find_view_locked(&ctx.actor, id)? else {
        return Err(DeleteBoardError::NotFound);
    };
    view.board.check_manager(&ctx.actor).map_err(DeleteBoardError::Denied)?;
    if !as_seen(&view) {
        return Err(DeleteBoardError::PreconditionFailed);
    }
    view.board.check_quiet(ctx.now, ctx.policy.boards.quiet).map_err(DeleteBoardError::Denied)?;
    if !uow.boards().mark_deleted(id, ctx.actor.user, ctx.now)? {
        return Err(DeleteBoardError::NotFound);
    }
    Ok(uow.audit().add_act(&act(ctx, view.board.school_id, id, DELETED))?)
}
