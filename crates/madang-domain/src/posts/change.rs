//! What every change of an own post begins with.

use super::{PostView, SeenPost};
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};

/// Why a post is not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangePostError {
    /// No such post for this caller.
    #[error("no such post")]
    NotFound,
    /// Not this caller's to change, or not now.
    #[error("the caller may not change it")]
    Denied(Denial),
    /// The post is not as the caller saw it.
    #[error("the post has changed")]
    PreconditionFailed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The caller's own post, kept from other writers, still as the caller saw it.
pub(super) fn find_own(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: PostId,
    as_seen: &dyn Fn(&SeenPost) -> bool,
) -> Result<PostView, ChangePostError> {
    let Some(post) = uow.posts().find_locked(&ctx.actor, id)? else { return Err(ChangePostError::NotFound) };
    let seen = post.seen(ctx).map_err(|state| ChangePostError::Denied(state.into()))?;
    seen.post.check_own(&ctx.actor).map_err(ChangePostError::Denied)?;
    if !as_seen(&seen) {
        return Err(ChangePostError::PreconditionFailed);
    }
    Ok(seen.post)
}
