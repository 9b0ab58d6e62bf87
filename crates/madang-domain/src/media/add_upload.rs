//! Taking in an upload.

use super::{ImageFacts, Purpose, Upload};
use crate::ctx::Ctx;
use crate::ids::BlobId;
use crate::store::{StoreError, UnitOfWork};

/// A picture whose files are kept already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddUpload {
    /// What its files are called.
    pub blob: BlobId,
    /// What for.
    pub purpose: Purpose,
    /// What it is.
    pub image: ImageFacts,
}

/// Why nothing is uploaded.
#[derive(Debug, thiserror::Error)]
pub enum AddUploadError {
    /// The caller has as many unused uploads as anybody may have (MED-3).
    #[error("too many unused uploads")]
    LimitReached {
        /// The limit.
        limit: i64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Adds an upload, unless the caller has as many unused ones as anybody may have.
pub fn add_upload(uow: &mut dyn UnitOfWork, ctx: &Ctx, command: AddUpload) -> Result<Upload, AddUploadError> {
    // Uploads of one user queue here, so that two cannot both be the last.
    uow.accounts().find_for_change(ctx.actor.user)?;
    let limit = ctx.policy.media.unattached_max;
    if uow.media().count_unattached(ctx.actor.user)? >= limit {
        return Err(AddUploadError::LimitReached { limit });
    }
    let AddUpload { blob, purpose, image } = command;
    let upload = Upload { id: ctx.fresh(), blob, owner: ctx.actor.user, purpose, image, created_at: ctx.now };
    uow.media().add(&upload)?;
    Ok(upload)
}
