//! Deleting an unused upload.

use crate::ctx::Ctx;
use crate::ids::MediaId;
use crate::store::{StoreError, UnitOfWork};

/// Why nothing is deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteUploadError {
    /// No unused upload of the caller; one that something uses goes with what uses it (MED-3).
    #[error("no such upload")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Deletes the caller's own unused upload.
pub fn delete_upload(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: MediaId) -> Result<(), DeleteUploadError> {
    if uow.media().drop_upload(ctx.actor.user, id, ctx.now)? {
        Ok(())
    } else {
        Err(DeleteUploadError::NotFound)
    }
}
