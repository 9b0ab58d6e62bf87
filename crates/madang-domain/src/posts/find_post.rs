//! Reading one post.

use super::SeenPost;
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};

/// Why a post cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FindPostError {
    /// No such post for this viewer.
    #[error("no such post")]
    NotFound,
    /// A guest in a board that is closed to guests.
    #[error("the caller may not read it")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The post as the caller sees it.
pub fn find_post(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: PostId) -> Result<SeenPost, FindPostError> {
    let Some(post) = uow.posts().find(&ctx.actor, id)? else { return Err(FindPostError::NotFound) };
    post.seen(ctx).map_err(|state| FindPostError::Denied(state.into()))
}
