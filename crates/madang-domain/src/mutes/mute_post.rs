//! Muting a post.

use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};

/// Why a post is not muted or unmuted.
#[derive(Debug, thiserror::Error)]
pub enum MuteError {
    /// No such post for this caller.
    #[error("no such post")]
    NotFound,
    /// The post is hidden.
    #[error("the caller may not mute it")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Mutes a post, the caller's own too; nothing happens when it is muted already.
pub fn mute_post(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: PostId) -> Result<(), MuteError> {
    let Some(post) = uow.posts().find(&ctx.actor, id)? else { return Err(MuteError::NotFound) };
    post.check_shown().map_err(MuteError::Denied)?;
    Ok(uow.mutes().add(ctx.actor.user, id)?)
}
