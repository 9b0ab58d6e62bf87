//! Listing the messages of a thread.

use super::{MessageView, ThreadView};
use crate::ctx::Ctx;
use crate::filters::TimeTest;
use crate::ids::MessageThreadId;
use crate::paging::{Feed, FeedRequest};
use crate::store::{StoreError, UnitOfWork};

/// The messages that the caller has not deleted, with their thread; `None` when there is no such thread for the caller.
pub fn list_messages(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: MessageThreadId,
    created_at: &[TimeTest],
    request: FeedRequest,
) -> Result<Option<(ThreadView, Feed<MessageView>)>, StoreError> {
    let Some(thread) = uow.messages().find(&ctx.actor, id)? else { return Ok(None) };
    let feed = uow.messages().list_messages(&ctx.actor, &thread, created_at, request)?;
    Ok(Some((thread, feed)))
}
