//! Reading one's own notices.

use super::{NoticeFilter, NoticeView, Unread};
use crate::ctx::Ctx;
use crate::paging::{Feed, FeedRequest};
use crate::store::{StoreError, UnitOfWork};

/// The caller's notices.
pub fn list_notifications(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    filter: &NoticeFilter,
    request: FeedRequest,
) -> Result<Feed<NoticeView>, StoreError> {
    uow.notifications().list(&ctx.actor, filter, request)
}

/// How much is unread for the caller.
pub fn count_unread(uow: &mut dyn UnitOfWork, ctx: &Ctx) -> Result<Unread, StoreError> {
    let messages = uow.messages().count_unread(ctx.actor.user)?;
    Ok(Unread { messages, ..uow.notifications().count_unread(&ctx.actor)? })
}
