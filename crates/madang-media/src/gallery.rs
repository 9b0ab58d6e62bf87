//! The port of files over an object store.

use crate::encode::{Encoded, encode};
use crate::files::{Files, FilesError, Location};
use crate::pool::{Pool, PoolError};
use madang_domain::ids::BlobId;
use madang_domain::media::{Gallery, GalleryError, ImageFacts, ImageLimits, Purpose, TakeInError, Variant};
use madang_domain::store::BoxFuture;
use std::sync::Arc;

/// Where files are, and how much is done at once.
#[derive(Clone, Debug)]
pub struct GallerySettings {
    /// `media.store`.
    pub location: Location,
    /// `media.threads`: pictures that are worked on at once, each in up to half a gigabyte.
    pub threads: usize,
    /// `media.queue_max`: pictures that may wait for that.
    pub queue_max: usize,
}

/// Keeps the files of pictures in a directory or a bucket.
#[derive(Clone)]
pub struct ObjectGallery {
    files: Files,
    pool: Arc<Pool>,
}

impl ObjectGallery {
    /// Opens the place for files and starts the threads.
    ///
    /// # Errors
    /// When the place cannot be used, or the system gives no thread.
    pub fn open(settings: &GallerySettings) -> Result<Self, FilesError> {
        let files = Files::open(&settings.location)?;
        let pool = Pool::start(settings.threads, settings.queue_max)
            .map_err(|error| FilesError::of_threads(&error))?;
        Ok(Self { files, pool: Arc::new(pool) })
    }
}

impl Gallery for ObjectGallery {
    fn take_in(
        &self,
        blob: BlobId,
        bytes: Vec<u8>,
        purpose: Purpose,
        limits: ImageLimits,
    ) -> BoxFuture<Result<ImageFacts, TakeInError>> {
        let files = self.files.clone();
        let encoded = self.pool.run(move || encode(&bytes, purpose, limits));
        Box::pin(async move {
            let encoded: Encoded = match encoded.await {
                Ok(encoded) => encoded?,
                Err(PoolError::Busy) => return Err(TakeInError::Busy),
                // A decoder that gives up in this way has met a picture that nobody can show.
                Err(PoolError::Panicked) => return Err(TakeInError::Invalid),
            };
            let facts = encoded.facts;
            for (variant, bytes) in encoded.into_variants() {
                if let Err(error) = files.write(blob, variant, bytes).await {
                    // What cannot be erased either is found by the doctor.
                    let _ = files.erase(blob).await;
                    return Err(error.into());
                }
            }
            Ok(facts)
        })
    }

    fn read(&self, blob: BlobId, variant: Variant) -> BoxFuture<Result<Option<Vec<u8>>, GalleryError>> {
        let files = self.files.clone();
        Box::pin(async move { files.read(blob, variant).await })
    }

    fn erase(&self, blob: BlobId) -> BoxFuture<Result<(), GalleryError>> {
        let files = self.files.clone();
        Box::pin(async move { files.erase(blob).await })
    }

    fn list(&self) -> BoxFuture<Result<Vec<(BlobId, Variant)>, GalleryError>> {
        let files = self.files.clone();
        Box::pin(async move { files.list().await })
    }
}
