//! Keeping a post.

use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};

/// Why a post is not kept or let go.
#[derive(Debug, thiserror::Error)]
pub enum ScrapError {
    /// No such post for this caller.
    #[error("no such post")]
    NotFound,
    /// Not this caller's to keep, or hidden.
    #[error("the caller may not keep it")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps a post; nothing happens when it is kept already (SCR-1).
pub fn scrap_post(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: PostId) -> Result<(), ScrapError> {
    let Some(post) = uow.posts().find_locked(&ctx.actor, id)? else { return Err(ScrapError::NotFound) };
    post.check_scrap(ctx).map_err(ScrapError::Denied)?;
    if uow.scraps().add(ctx.actor.user, id, ctx.now)? {
        uow.posts().bump_scraps(id, 1)?;
    }
    Ok(())
}
