//! Taking a post back out of the trash.

use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::store::{StoreError, UnitOfWork};

/// Why a post stays in the trash.
#[derive(Debug, thiserror::Error)]
pub enum RestorePostError {
    /// Its board is gone, or staff removed it meanwhile.
    #[error("the post cannot be restored")]
    NotRestorable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Restores a post that the caller found in the own trash: same id, text, likes and stamps (DEL-2).
pub fn restore_post(uow: &mut dyn UnitOfWork, _ctx: &Ctx, id: PostId) -> Result<(), RestorePostError> {
    let Some(board) = uow.posts().restore(id)? else { return Err(RestorePostError::NotRestorable) };
    Ok(uow.boards().bump_posts(board, 1, None)?)
}
