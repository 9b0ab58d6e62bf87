//! Looking into one's own trash.

use super::{TrashKind, TrashView};
use crate::actor::Role;
use crate::ctx::{Ctx, Timestamp};
use crate::filters::OneOf;
use crate::paging::{Feed, FeedRequest};
use crate::permissions::{Denial, Permission};
use crate::store::{StoreError, UnitOfWork};

/// An item of the trash with what its owner may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrashItem {
    /// The item.
    pub entry: TrashView,
    /// When it is erased for good.
    pub purge_at: Timestamp,
    /// Take it back.
    pub restore: Permission,
}

/// The caller's deleted items that are still kept, last deleted first.
pub fn list_trash(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    kinds: Option<&OneOf<TrashKind>>,
    request: FeedRequest,
) -> Result<Feed<TrashItem>, StoreError> {
    let keep = ctx.policy.trash.keep;
    let feed = uow.trash().list(ctx.actor.user, kinds, ctx.now - keep, request)?;
    Ok(feed.map(|entry| TrashItem {
        purge_at: entry.deleted_at + keep,
        restore: entry.check_restore(ctx),
        entry,
    }))
}

impl TrashView {
    /// Whether the owner, who is no guest, may take the item back: not under a restriction, in time, and to a place that is still there and
    /// free.
    pub fn check_restore(&self, ctx: &Ctx) -> Permission {
        ctx.actor.check_role(Role::Student)?;
        match &self.board {
            Some(board) => ctx.actor.check_unrestricted_in(board.id)?,
            None => ctx.actor.check_unrestricted()?,
        }
        let kept = ctx.now < self.deleted_at + ctx.policy.trash.keep;
        if kept && self.container_live && !self.is_displaced { Ok(()) } else { Err(Denial::NotRestorable) }
    }
}
