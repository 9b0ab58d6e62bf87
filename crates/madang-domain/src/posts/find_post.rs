//! Reading one post.

use super::PostView;
use crate::actor::CallerStateError;
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::store::{StoreError, UnitOfWork};
use crate::visibility::{Sight, sight};

/// Why a post cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FindPostError {
    /// No such post for this viewer.
    #[error("no such post")]
    NotFound,
    /// A guest in a board that is closed to guests.
    #[error("the caller's state forbids it")]
    Caller(CallerStateError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The post with how much of it the viewer sees: a hidden one is a stub to all but its author (VIS-2).
pub fn find_post(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: PostId,
) -> Result<(PostView, Sight), FindPostError> {
    let Some(post) = uow.posts().find(&ctx.actor, id)? else { return Err(FindPostError::NotFound) };
    let sight = sight(&ctx.actor, post.facts()).map_err(FindPostError::Caller)?;
    Ok((post, sight))
}
