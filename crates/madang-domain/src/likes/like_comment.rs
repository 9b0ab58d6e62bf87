//! Liking a comment.

use super::{LikeError, LikeState};
use crate::ctx::Ctx;
use crate::ids::CommentId;
use crate::permissions::Denial;
use crate::store::UnitOfWork;

/// Likes a comment (LIKE-1).
pub fn like_comment(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: CommentId) -> Result<LikeState, LikeError> {
    let Some(found) = uow.comments().find_locked(&ctx.actor, id)? else { return Err(LikeError::NotFound) };
    found.comment.check_like(&found.thread, ctx).map_err(LikeError::Denied)?;
    if !uow.likes().add_to_comment(id, ctx.actor.user, ctx.now)? {
        return Err(LikeError::Denied(Denial::AlreadyLiked));
    }
    Ok(LikeState { like_count: uow.comments().bump_likes(id, 1)? })
}
