//! What taking a removal back does, by itself or by a decision on an appeal.

use super::take_down::count;
use super::{ItemAct, ItemRef, StaffItem, act};
use crate::audit::ModerationAct;
use crate::ctx::{Ctx, Timestamp};
use crate::store::{StoreError, UnitOfWork};

/// Takes the removal of `item`, which is held and restorable, back: counted again unless its author has deleted it, and
/// without the warning that came with the removal.
pub(super) fn put_back(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    item: &StaffItem,
    reason: &str,
) -> Result<ModerationAct, StoreError> {
    uow.removals().unmark_removed(item.item)?;
    if item.deleted_at.is_none() {
        count(uow, item, 1)?;
    }
    uow.sanctions().lift_warnings(item.item, ctx.now)?;
    let act = act(ctx, item, ItemAct::Restored, None, reason);
    uow.audit().add_act(&act)?;
    Ok(act)
}

/// Takes the removal of an item back that happened at `removed_at`, if there still is one and the item has a place to return
/// to (SAN-4).
pub(crate) fn undo_removal(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    item: ItemRef,
    removed_at: Timestamp,
    reason: &str,
) -> Result<(), StoreError> {
    match uow.removals().find_locked(&ctx.actor, item)? {
        Some(found) if found.removed_at == Some(removed_at) && found.is_restorable() => {
            put_back(uow, ctx, &found, reason).map(drop)
        }
        _ => Ok(()),
    }
}
