//! Looking at a board as staff, deleted or not.

use crate::actor::{CallerStateError, Role};
use crate::boards::StaffBoardView;
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::store::{StoreError, UnitOfWork};

/// Why a board is not shown.
#[derive(Debug, thiserror::Error)]
pub enum FindAnyBoardError {
    /// Not staff.
    #[error("the caller is not staff")]
    Caller(CallerStateError),
    /// No such board for this caller.
    #[error("no such board")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A board of the caller's school, or of any for an admin.
pub fn find_any_board(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: BoardId,
) -> Result<StaffBoardView, FindAnyBoardError> {
    ctx.actor.check_role(Role::Moderator).map_err(FindAnyBoardError::Caller)?;
    uow.boards().find_for_staff(&ctx.actor, id)?.ok_or(FindAnyBoardError::NotFound)
}
