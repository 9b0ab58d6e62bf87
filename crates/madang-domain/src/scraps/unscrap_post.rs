//! Letting a kept post go.

use super::ScrapError;
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::store::UnitOfWork;

/// Lets a post go. That works for as long as it is kept, whether or not the caller still sees it; for a post in sight
/// that is not kept nothing happens (SCR-1).
pub fn unscrap_post(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: PostId) -> Result<(), ScrapError> {
    let post = uow.posts().find_locked(&ctx.actor, id)?;
    if uow.scraps().remove(ctx.actor.user, id)? {
        return Ok(uow.posts().bump_scraps(id, -1)?);
    }
    if post.is_some() { Ok(()) } else { Err(ScrapError::NotFound) }
}
