//! Unmuting a post.

use super::MuteError;
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::store::UnitOfWork;

/// Unmutes a post, whether or not the caller still sees it; for a post in sight that is not muted nothing happens.
pub fn unmute_post(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: PostId) -> Result<(), MuteError> {
    if uow.mutes().remove(ctx.actor.user, id)? || uow.posts().find(&ctx.actor, id)?.is_some() {
        return Ok(());
    }
    Err(MuteError::NotFound)
}
