//! Taking the like of a comment back.

use super::LikeError;
use crate::ctx::Ctx;
use crate::ids::CommentId;
use crate::store::UnitOfWork;

/// Takes the caller's like back, where the board lets likes be cancelled (LIKE-2).
pub fn unlike_comment(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: CommentId) -> Result<(), LikeError> {
    let Some(found) = uow.comments().find_locked(&ctx.actor, id)? else { return Err(LikeError::NotFound) };
    found.comment.check_unlike(&found.thread, &ctx.actor).map_err(LikeError::Denied)?;
    if !uow.likes().remove_from_comment(id, ctx.actor.user)? {
        return Err(LikeError::NotFound);
    }
    uow.comments().bump_likes(id, -1)?;
    Ok(())
}
