//! Listing the comments of a post, and the replies to a comment.

use super::{FindCommentError, FoundComment, SeenComment};
use crate::ctx::Ctx;
use crate::ids::{CommentId, PostId};
use crate::paging::{Feed, FeedRequest};
use crate::store::UnitOfWork;

/// The top-level comments of a post, each with its first replies (CMT-5).
pub fn list_comments(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    post: PostId,
    request: FeedRequest,
) -> Result<Feed<SeenComment>, FindCommentError> {
    let Some(thread) = uow.comments().find_thread(&ctx.actor, post)? else {
        return Err(FindCommentError::NotFound);
    };
    thread.check_read(&ctx.actor).map_err(FindCommentError::Denied)?;
    let feed = uow.comments().list(&ctx.actor, &thread, request, ctx.policy.comments.replies_inline)?;
    Ok(feed.map(|tree| thread.seen(ctx, tree)))
}

/// The replies to a comment, which may be a placeholder (CMT-5).
pub fn list_replies(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    parent: CommentId,
    request: FeedRequest,
) -> Result<Feed<SeenComment>, FindCommentError> {
    let Some(FoundComment { thread, .. }) = uow.comments().find(&ctx.actor, parent)? else {
        return Err(FindCommentError::NotFound);
    };
    thread.check_read(&ctx.actor).map_err(FindCommentError::Denied)?;
    let feed = uow.comments().list_replies(&ctx.actor, &thread, parent, request)?;
    Ok(feed.map(|reply| thread.seen_alone(ctx, reply)))
}
