//! The read models of boards.

use super::{Board, BoardAccess, BoardCategory, BoardTransfer};
use crate::accounts::UserSummary;
use crate::ctx::{Ctx, Timestamp};
use crate::ids::BoardId;
use crate::permissions::{Denial, Permission};
use crate::posts::PostRef;
use crate::schools::SchoolRef;

/// A board in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardSummary {
    /// The board.
    pub id: BoardId,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub category: BoardCategory,
    /// What decides who reads and posts.
    pub access: BoardAccess,
    /// Whether the viewer keeps it at hand.
    pub is_favourite: bool,
}

/// A live board as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardView {
    /// The board.
    pub board: Board,
    /// Its school.
    pub school: SchoolRef,
    /// Who manages it.
    pub manager: Option<UserSummary>,
    /// The post on top, while it is visible (BRD-5).
    pub notice: Option<PostRef>,
    /// Whether the viewer keeps it at hand.
    pub is_favourite: bool,
    /// The offer of its manager to another, who has not withdrawn, lapsed or not; see [`open_transfer`](Self::open_transfer).
    pub transfer: Option<BoardTransfer>,
}

/// A board, deleted or not, as staff of its school see it. It holds no moving counters, so that it changes by edits only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffBoardView {
    /// The board.
    pub board: Board,
    /// Its school.
    pub school: SchoolRef,
    /// Who manages it.
    pub manager: Option<UserSummary>,
    /// When it was deleted.
    pub deleted_at: Option<Timestamp>,
}

/// What the viewer may do with a board: exactly what the acts themselves would answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardPermissions {
    /// Read it and its posts.
    pub read: Permission,
    /// Post.
    pub post: Permission,
    /// Edit it as its manager.
    pub edit: Permission,
    /// Delete it as its manager.
    pub delete: Permission,
    /// Offer it to somebody else.
    pub transfer: Permission,
}

impl BoardView {
    /// The open offer, for those whom it concerns: the manager who made it and the one who was asked.
    pub fn open_transfer(&self, ctx: &Ctx) -> Option<&BoardTransfer> {
        let offer = self.transfer.as_ref()?;
        let concerned = [offer.from.id, offer.to.id].contains(&ctx.actor.user);
        let stands = offer.expires_at > ctx.now;
        (concerned && stands).then_some(offer)
    }

    /// Whether the caller may offer the board (BRD-6).
    pub(crate) fn check_offer(&self, ctx: &Ctx) -> Permission {
        self.board.check_manager(&ctx.actor)?;
        if self.open_transfer(ctx).is_some() { Err(Denial::RequestPending) } else { Ok(()) }
    }

    /// What `ctx.actor` may do.
    pub fn permissions(&self, ctx: &Ctx) -> BoardPermissions {
        let board = &self.board;
        BoardPermissions {
            read: board.check_read(&ctx.actor),
            post: board.check_post(&ctx.actor),
            edit: board.check_edit(&ctx.actor),
            delete: board.check_delete(ctx),
            transfer: ctx.actor.check_session().map_err(Denial::from).and_then(|()| self.check_offer(ctx)),
        }
    }
}
