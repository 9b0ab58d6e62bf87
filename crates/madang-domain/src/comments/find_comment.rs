//! Reading one comment.

use super::{CommentTree, FoundComment, SeenComment};
use crate::ctx::Ctx;
use crate::ids::CommentId;
use crate::paging::{FeedOrder, FeedRequest, From};
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};

/// Why a comment, or a list of comments, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FindCommentError {
    /// No such comment, or post, for this viewer.
    #[error("no such comment or post")]
    NotFound,
    /// It is hidden, or the caller a guest in a board that is closed to guests.
    #[error("the caller may not read it")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The comment with its first replies as the caller sees it.
pub fn find_comment(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: CommentId,
) -> Result<SeenComment, FindCommentError> {
    let Some(found) = uow.comments().find(&ctx.actor, id)? else { return Err(FindCommentError::NotFound) };
    // What is deleted is not there, whoever asks (VIS-2b before VIS-2c).
    found.comment.check_exists().map_err(FindCommentError::Denied)?;
    found.thread.check_read(&ctx.actor).map_err(FindCommentError::Denied)?;
    found.comment.check_read().map_err(FindCommentError::Denied)?;
    Ok(with_replies(uow, ctx, found)?)
}

/// What was found, with its first replies.
pub(super) fn with_replies(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    found: FoundComment,
) -> Result<SeenComment, StoreError> {
    let FoundComment { thread, comment } = found;
    let request = FeedRequest {
        from: From::Start,
        limit: ctx.policy.comments.replies_inline,
        order: FeedOrder::OldestFirst,
    };
    let (replies, replies_next) = match comment.reply_count {
        0 => (Vec::new(), None),
        _ => {
            let feed = uow.comments().list_replies(&ctx.actor, &thread, comment.id, request)?;
            (feed.items, feed.next)
        }
    };
    Ok(thread.seen(ctx, CommentTree { comment, replies, replies_next }))
}
