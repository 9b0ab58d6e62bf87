//! Erasing pictures that nothing uses any more.

use super::{Gallery, GalleryError};
use crate::ctx::Moment;
use crate::store::{Store, StoreError, UnitOfWork};
use std::sync::Arc;

/// How many pictures are erased between two looks at the store.
const BATCH: usize = 64;

/// Why erasing stopped; it goes on with the next purge.
#[derive(Debug, thiserror::Error)]
pub enum PurgeMediaError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files cannot be reached.
    #[error(transparent)]
    Gallery(#[from] GalleryError),
}

/// Drops the uploads that nothing has used in time (MED-3); answers how many.
pub fn drop_unattached(uow: &mut dyn UnitOfWork, moment: &Moment) -> Result<usize, StoreError> {
    uow.media().drop_unattached(moment.now - moment.policy.media.unattached, moment.now)
}

/// Erases the files of dropped pictures, and only those (MED-5), then their rows; answers how many. What is erased twice
/// because the process ended in between is erased once.
pub async fn purge_dropped(store: &Arc<dyn Store>, gallery: &dyn Gallery) -> Result<usize, PurgeMediaError> {
    let mut purged = 0;
    loop {
        let blobs = store.read::<_, StoreError, _>(|uow| uow.media().list_dropped(BATCH)).await?;
        if blobs.is_empty() {
            return Ok(purged);
        }
        for blob in &blobs {
            gallery.erase(*blob).await?;
        }
        purged += blobs.len();
        store.write::<_, StoreError, _>(move |uow| uow.media().purge(&blobs)).await?;
    }
}
