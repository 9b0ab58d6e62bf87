//! The port of files: where pictures are checked, encoded anew, kept and read.

use super::{ImageFacts, Purpose, Variant};
use crate::ids::BlobId;
use crate::store::BoxFuture;

/// What a picture may be (MED-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageLimits {
    /// The size of the file.
    pub max_bytes: usize,
    /// The longer side in pixels.
    pub max_side: u32,
}

/// Why a picture is not taken in. Nothing of it is kept then.
#[derive(Debug, thiserror::Error)]
pub enum TakeInError {
    /// Its bytes are none of the types that are taken.
    #[error("the type is not taken")]
    UnknownType,
    /// Its bytes are those of an HEIF file, as some telephones make them.
    #[error("HEIF is not taken")]
    Heif,
    /// The file is too large.
    #[error("the file is too large")]
    TooLarge,
    /// Too many pixels, or it cannot be decoded.
    #[error("the picture cannot be used")]
    Invalid,
    /// Too many pictures are being worked on: try again soon.
    #[error("too many pictures are being worked on")]
    Busy,
    /// The files could not be kept.
    #[error(transparent)]
    Gallery(#[from] GalleryError),
}

/// The files could not be reached.
#[derive(Debug, thiserror::Error)]
#[error("the files of pictures cannot be reached")]
pub struct GalleryError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// Keeps the files of pictures. Object-safe; each blob belongs to exactly one picture.
pub trait Gallery: Send + Sync {
    /// Checks what `bytes` are, encodes them anew without anything but the picture, and keeps all variants under `blob`.
    fn take_in(
        &self,
        blob: BlobId,
        bytes: Vec<u8>,
        purpose: Purpose,
        limits: ImageLimits,
    ) -> BoxFuture<Result<ImageFacts, TakeInError>>;

    /// The bytes of a variant; `None` when there is no such file.
    fn read(&self, blob: BlobId, variant: Variant) -> BoxFuture<Result<Option<Vec<u8>>, GalleryError>>;

    /// Erases all variants; it is no error when there are none.
    fn erase(&self, blob: BlobId) -> BoxFuture<Result<(), GalleryError>>;

    /// All files, by blob and variant.
    fn list(&self) -> BoxFuture<Result<Vec<(BlobId, Variant)>, GalleryError>>;
}
