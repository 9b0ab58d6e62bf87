//! Listing one's own comments.

use super::{FoundComment, OwnCommentFilter, SeenComment, Thread};
use crate::ctx::Ctx;
use crate::paging::{Feed, FeedRequest};
use crate::store::{StoreError, UnitOfWork};

/// An own comment with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnComment {
    /// Where it stands.
    pub thread: Thread,
    /// The comment, without its replies.
    pub seen: SeenComment,
}

/// The caller's own comments, anonymous ones included, newest first.
pub fn list_own_comments(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    filter: &OwnCommentFilter,
    request: FeedRequest,
) -> Result<Feed<OwnComment>, StoreError> {
    let feed = uow.comments().list_own(&ctx.actor, filter, request)?;
    Ok(feed.map(|FoundComment { thread, comment }| {
        let seen = thread.seen_alone(ctx, comment);
        OwnComment { thread, seen }
    }))
}
