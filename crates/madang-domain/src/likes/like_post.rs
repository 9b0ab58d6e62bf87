//! Liking a post.

use super::{LikeError, LikeState};
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::notifications::tell_of_hot;
use crate::permissions::Denial;
use crate::store::UnitOfWork;

/// Likes a post. The like with which the post reaches `posts.hot_likes` or `posts.best_likes` stamps it, once and for
/// good (POST-8).
pub fn like_post(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: PostId) -> Result<LikeState, LikeError> {
    // The post is kept from parallel likes, so that exactly one of them sees a threshold reached (CON-1).
    let Some(post) = uow.posts().find_locked(&ctx.actor, id)? else { return Err(LikeError::NotFound) };
    post.check_like(ctx).map_err(LikeError::Denied)?;
    if !uow.likes().add_to_post(id, ctx.actor.user, ctx.now)? {
        return Err(LikeError::Denied(Denial::AlreadyLiked));
    }
    let like_count = uow.posts().bump_likes(id, 1)?;
    if post.board_facts.hot_eligible {
        let policy = &ctx.policy.posts;
        if post.hot_at.is_none() && like_count >= policy.hot_likes {
            uow.posts().stamp_hot(id, ctx.now)?;
            tell_of_hot(uow, ctx, id)?;
        }
        if post.best_at.is_none() && like_count >= policy.best_likes {
            uow.posts().stamp_best(id, ctx.now)?;
        }
    }
    Ok(LikeState { like_count })
}
