//! What removing an item does, by itself or by a decision on its case.

use super::{ItemAct, ItemRef, StaffItem, act};
use crate::audit::ModerationAct;
use crate::ctx::Ctx;
use crate::posts::ReportReason;
use crate::sanctions::warn;
use crate::store::{StoreError, UnitOfWork};

/// Marks `item`, which is held and not removed yet, as removed, takes it out of the counts if it was in them, warns its
/// author, and notes the act (SAN-1, DEL-3, CNT-2).
pub(crate) fn take_down(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    item: &StaffItem,
    rule: ReportReason,
    reason: &str,
) -> Result<ModerationAct, StoreError> {
    uow.removals().mark_removed(item.item, ctx.now)?;
    if item.is_live() {
        count(uow, item, -1)?;
    }
    warn(uow, ctx, item, rule, reason)?;
    let act = act(ctx, item, ItemAct::Removed, Some(rule), reason);
    uow.audit().add_act(&act)?;
    Ok(act)
}

/// Adds `by` to whatever counts `item`.
pub(super) fn count(uow: &mut dyn UnitOfWork, item: &StaffItem, by: i64) -> Result<(), StoreError> {
    match item.item {
        ItemRef::Post(_) => uow.boards().bump_posts(item.board.id, by, None),
        ItemRef::Comment(_) => {
            uow.posts().bump_comments(item.post_id, by)?;
            match item.parent_id {
                Some(parent) => uow.comments().bump_replies(parent, by),
                None => Ok(()),
            }
        }
    }
}
