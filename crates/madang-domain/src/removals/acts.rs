//! How acts upon items stand in the moderation log (LOG-1).

use super::{ItemRef, StaffItem};
use crate::audit::ModerationAct;
use crate::ctx::Ctx;
use crate::posts::ReportReason;

/// What staff did to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemAct {
    /// Found no fault with it.
    Dismissed,
    /// Removed it.
    Removed,
    /// Took a removal back.
    Restored,
    /// Left it and warned its author.
    Warned,
}

impl ItemAct {
    /// The word of the log.
    const fn word(self, item: ItemRef) -> &'static str {
        match (self, item) {
            (Self::Dismissed, ItemRef::Post(_)) => "post_dismissed",
            (Self::Dismissed, ItemRef::Comment(_)) => "comment_dismissed",
            (Self::Removed, ItemRef::Post(_)) => "post_removed",
            (Self::Removed, ItemRef::Comment(_)) => "comment_removed",
            (Self::Restored, ItemRef::Post(_)) => "post_restored",
            (Self::Restored, ItemRef::Comment(_)) => "comment_restored",
            (Self::Warned, ItemRef::Post(_)) => "post_warned",
            (Self::Warned, ItemRef::Comment(_)) => "comment_warned",
        }
    }
}

/// The caller's act upon `item`.
pub(crate) fn act(
    ctx: &Ctx,
    item: &StaffItem,
    act: ItemAct,
    rule: Option<ReportReason>,
    reason: &str,
) -> ModerationAct {
    ModerationAct {
        id: ctx.fresh(),
        at: ctx.now,
        school: item.school,
        board: Some(item.board.id),
        actor: ctx.actor.user,
        act: act.word(item.item),
        target_type: item.item.kind().as_str(),
        target: item.item.id(),
        rule: rule.map(|rule| rule.as_str().to_owned()),
        reason: Some(reason.to_owned()),
    }
}
