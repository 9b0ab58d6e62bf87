//! How acts upon boards stand in the moderation log (LOG-1).

use crate::audit::ModerationAct;
use crate::ctx::Ctx;
use crate::ids::{BoardId, SchoolId};

pub(super) const CREATED: &str = "board_created";
pub(super) const EDITED: &str = "board_edited";
pub(super) const RESTORED: &str = "board_restored";
pub(super) const DELETED: &str = "board_deleted";

/// The caller's act upon a board.
pub(super) fn act(ctx: &Ctx, school: SchoolId, board: BoardId, act: &'static str) -> ModerationAct {
    ModerationAct {
        id: ctx.fresh(),
        at: ctx.now,
        school,
        board: Some(board),
        actor: ctx.actor.user,
        act,
        target_type: "board",
        target: board.into(),
        rule: None,
        reason: None,
    }
}
