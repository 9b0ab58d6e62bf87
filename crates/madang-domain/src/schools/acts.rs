//! How acts upon schools stand in the moderation log (LOG-1).

use crate::audit::ModerationAct;
use crate::ctx::Ctx;
use crate::ids::SchoolId;

pub(super) const CREATED: &str = "school_created";
pub(super) const EDITED: &str = "school_edited";
pub(super) const DELETED: &str = "school_deleted";

/// The caller's act upon a school.
pub(super) fn act(ctx: &Ctx, school: SchoolId, act: &'static str) -> ModerationAct {
    ModerationAct {
        id: ctx.fresh(),
        at: ctx.now,
        school,
        board: None,
        actor: ctx.actor.user,
        act,
        target_type: "school",
        target: school.into(),
        rule: None,
        reason: None,
    }
}
