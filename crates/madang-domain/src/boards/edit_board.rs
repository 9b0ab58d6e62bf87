//! Changing a board as its manager.

use super::acts::{EDITED, act};
use super::{BoardChange, BoardView};
use crate::ctx::Ctx;
use crate::ids::{BoardId, PostId};
use crate::notifications::tell_of_board_notice;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;

/// What changes; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditBoard {
    /// What it is about.
    pub description: Option<String>,
    /// Whether posts may become hot and best.
    pub hot_eligible: Option<bool>,
    /// The post on top, `Some(None)` for none.
    pub notice_post_id: Option<Option<PostId>>,
}

/// Why a board is not changed.
#[derive(Debug, thiserror::Error)]
pub enum EditBoardError {
    /// No such board for this caller.
    #[error("no such board")]
    NotFound,
    /// Not this caller's to change.
    #[error("the caller may not change it")]
    Denied(Denial),
    /// The board is not as the caller saw it.
    #[error("the board has changed")]
    PreconditionFailed,
    /// Fields are refused.
    #[error("fields are refused")]
    Fields(Vec<(&'static str, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes a board that the caller manages (BRD-4). `as_seen` tells whether it still is what the caller last saw.
pub fn edit_board(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: BoardId,
    command: EditBoard,
    as_seen: &dyn Fn(&BoardView) -> bool,
) -> Result<(), EditBoardError> {
    let Some(view) = uow.boards().find_view_locked(&ctx.actor, id)? else {
        return Err(EditBoardError::NotFound);
    };
    view.board.check_edit(&ctx.actor).map_err(EditBoardError::Denied)?;
    if !as_seen(&view) {
        return Err(EditBoardError::PreconditionFailed);
    }
    let present = BoardChange::from(&view.board);
    let mut change = present.clone();
    change.description = command.description.unwrap_or(change.description);
    change.flags.hot_eligible = command.hot_eligible.unwrap_or(change.flags.hot_eligible);
    if let Some(notice) = command.notice_post_id {
        check_notice(uow, ctx, id, notice)?;
        change.notice_post_id = notice;
    }
    if change != present {
        let notice = change.notice_post_id.filter(|_| change.notice_post_id != present.notice_post_id);
        uow.boards().save(id, &BoardChange { updated_at: ctx.now, ..change })?;
        uow.audit().add_act(&act(ctx, view.board.school_id, id, EDITED))?;
        if let Some(notice) = notice {
            tell_of_board_notice(uow, ctx, id, notice)?;
        }
    }
    Ok(())
}

/// The notice is a post that readers of this board see in it (BRD-5).
fn check_notice(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    board: BoardId,
    notice: Option<PostId>,
) -> Result<(), EditBoardError> {
    let Some(id) = notice else { return Ok(()) };
    match uow.posts().find(&ctx.actor, id)? {
        Some(post) if post.board.id == board && post.hidden_reason.is_none() => Ok(()),
        _ => Err(EditBoardError::Fields(vec![("notice_post_id", FieldError::NotAllowed)])),
    }
}
