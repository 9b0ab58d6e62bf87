//! Pictures: uploads that wait to be used, images of posts, profile pictures.
//!
//! A picture has one row from its upload to its end, and one place at a time. Its files lie in a [`Gallery`] under a name
//! that nothing else shares; they are erased by [`purge_dropped`] after the row has lost its place.

mod add_upload;
mod arrange;
mod delete_upload;
mod find_media;
mod gallery;
mod image;
mod purge;
mod repository;
mod upload;

pub use add_upload::{AddUpload, AddUploadError, add_upload};
pub use arrange::WantedImage;
pub(crate) use arrange::{Arranged, arrange};
pub use delete_upload::{DeleteUploadError, delete_upload};
pub use find_media::{FindMediaError, find_media};
pub use gallery::{Gallery, GalleryError, ImageLimits, TakeInError};
pub use image::{ImageFacts, ImageKind, PostImage, Variant};
pub use purge::{PurgeMediaError, drop_unattached, purge_dropped};
pub use repository::{MediaFile, MediaPlace, MediaRepository};
pub use upload::{Purpose, Upload};
