//! Looking at a board.

use super::BoardView;
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};

/// Why a board is not shown.
#[derive(Debug, thiserror::Error)]
pub enum FindBoardError {
    /// No such board for this caller.
    #[error("no such board")]
    NotFound,
    /// A guest before a board that is closed to guests.
    #[error("the caller may not read here")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The board as its readers see it (VIS-2).
pub fn find_board(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: BoardId) -> Result<BoardView, FindBoardError> {
    let Some(view) = uow.boards().find_view(&ctx.actor, id)? else {
        return Err(FindBoardError::NotFound);
    };
    view.board.check_read(&ctx.actor).map_err(FindBoardError::Denied)?;
    Ok(view)
}
