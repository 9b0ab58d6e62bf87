//! Looking into one's own trash.

use super::{TrashKind, TrashView};
use crate::ctx::Ctx;
use crate::paging::{Feed, FeedRequest};
use crate::store::{StoreError, UnitOfWork};

/// The caller's deleted items that can still be taken back in time, last deleted first.
pub fn list_trash(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    kinds: Option<&[TrashKind]>,
    request: FeedRequest,
) -> Result<Feed<TrashView>, StoreError> {
    uow.trash().list(ctx.actor.user, kinds, ctx.now - ctx.policy.trash.keep, request)
}
