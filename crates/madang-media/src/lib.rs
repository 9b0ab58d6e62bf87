//! Pictures, from the bytes that somebody sends to the files that others are shown.
//!
//! What comes in is judged by its bytes alone, decoded on threads of its own within fixed bounds, turned upright, and
//! encoded anew, so that nothing of the file itself is ever kept: no metadata, no name, nothing hidden behind the
//! picture. Start reading at [`ObjectGallery`], then `encode.rs`.

#[cfg(feature = "s3")]
mod bucket;
mod encode;
mod files;
mod gallery;
mod paint;
mod pool;
mod sniff;

pub use files::{FilesError, Location, LocationError};
pub use gallery::{GallerySettings, ObjectGallery};
pub use paint::png_of;
