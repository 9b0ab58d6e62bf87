//! Unmuting a post.

use super::MuteError;
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::store::UnitOfWork;

/// Unmutes a post in sight, hidden or not; nothing happens when it is not muted. What is gone is so for this act too (DEL-1):
/// the row stays for the post's return.
pub fn unmute_post(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: PostId) -> Result<(), MuteError> {
    uow.posts().find(&ctx.actor, id)?.ok_or(MuteError::NotFound)?;
    Ok(uow.mutes().remove(ctx.actor.user, id)?)
}
