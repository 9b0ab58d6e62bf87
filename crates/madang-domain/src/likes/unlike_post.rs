//! Taking the like of a post back.

use super::LikeError;
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::permissions::{Denial, Permission};
use crate::posts::PostView;
use crate::store::UnitOfWork;

/// Takes the caller's like back, where the board lets likes be cancelled and the post is not stamped yet (LIKE-2).
pub fn unlike_post(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: PostId) -> Result<(), LikeError> {
    let Some(post) = uow.posts().find_locked(&ctx.actor, id)? else { return Err(LikeError::NotFound) };
    check_cancellable(&post, &ctx.actor).map_err(LikeError::Denied)?;
    if !post.liked {
        return Err(LikeError::NotFound);
    }
    if post.hot_at.is_some() || post.best_at.is_some() {
        return Err(LikeError::Denied(Denial::LikeLocked));
    }
    if !uow.likes().remove_from_post(id, ctx.actor.user)? {
        return Err(LikeError::NotFound);
    }
    uow.posts().bump_likes(id, -1)?;
    Ok(())
}

fn check_cancellable(post: &PostView, actor: &Actor) -> Permission {
    actor.check_unrestricted_in(post.board.id)?;
    if !post.board_facts.likes_cancellable {
        return Err(Denial::SwitchedOff);
    }
    post.check_shown()
}
