//! Where files are: a directory or a bucket.

use futures_util::TryStreamExt;
use madang_domain::ids::BlobId;
use madang_domain::media::{GalleryError, Variant};
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// Where files are to be, as a setting says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// In this directory, which is made when it is missing.
    Directory(PathBuf),
    /// In this bucket, under this prefix. The address and the credentials are taken from the usual `AWS_…` variables.
    #[cfg(feature = "s3")]
    Bucket {
        /// The bucket.
        bucket: String,
        /// What the names of files begin with; may be empty.
        prefix: String,
    },
}

/// Why a text is no location.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LocationError {
    /// Neither kind.
    #[error("it is no place for files")]
    Unknown,
    /// A bucket, in a build that knows directories only.
    #[cfg(not(feature = "s3"))]
    #[error("this build knows no buckets (it was made without the feature s3)")]
    NoBuckets,
}

/// The place for files cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct FilesError(String);

impl FilesError {
    pub(crate) fn of_threads(error: &std::io::Error) -> Self {
        Self(format!("the system gives no thread ({error})"))
    }
}

impl Location {
    /// Reads `file:PATH` or `s3://BUCKET/PREFIX`.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(text: &str) -> Result<Self, LocationError> {
        if let Some(path) = text.strip_prefix("file:").filter(|path| !path.is_empty()) {
            return Ok(Self::Directory(PathBuf::from(path)));
        }
        let Some(rest) = text.strip_prefix("s3://") else { return Err(LocationError::Unknown) };
        Self::bucket(rest)
    }

    #[cfg(feature = "s3")]
    fn bucket(rest: &str) -> Result<Self, LocationError> {
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        if bucket.is_empty() {
            return Err(LocationError::Unknown);
        }
        Ok(Self::Bucket { bucket: bucket.to_owned(), prefix: prefix.trim_matches('/').to_owned() })
    }

    #[cfg(not(feature = "s3"))]
    fn bucket(_: &str) -> Result<Self, LocationError> {
        Err(LocationError::NoBuckets)
    }
}

/// The files of pictures.
#[derive(Clone)]
pub(crate) struct Files {
    store: Arc<dyn ObjectStore>,
    prefix: ObjectPath,
}

impl Files {
    /// The files at `location`.
    pub(crate) fn open(location: &Location) -> Result<Self, FilesError> {
        match location {
            Location::Directory(path) => {
                make_directory(path).map_err(|error| FilesError(format!("{} ({error})", path.display())))?;
                let store = LocalFileSystem::new_with_prefix(path)
                    .map_err(|error| FilesError(error.to_string()))?
                    .with_fsync(true)
                    .with_automatic_cleanup(true);
                Ok(Self { store: Arc::new(store), prefix: ObjectPath::default() })
            }
            #[cfg(feature = "s3")]
            Location::Bucket { bucket, prefix } => {
                let store = crate::bucket::open(bucket).map_err(|error| FilesError(error.to_string()))?;
                let prefix = ObjectPath::parse(prefix).map_err(|error| FilesError(error.to_string()))?;
                Ok(Self { store: Arc::new(store), prefix })
            }
        }
    }

    pub(crate) async fn write(
        &self,
        blob: BlobId,
        variant: Variant,
        bytes: Vec<u8>,
    ) -> Result<(), GalleryError> {
        self.store.put(&self.path(blob, variant), bytes.into()).await.map(drop).map_err(gallery_error)
    }

    pub(crate) async fn read(&self, blob: BlobId, variant: Variant) -> Result<Option<Vec<u8>>, GalleryError> {
        let found = match self.store.get(&self.path(blob, variant)).await {
            Err(Error::NotFound { .. }) => return self.reach().await.map(|()| None),
            found => found.map_err(gallery_error)?,
        };
        Ok(Some(found.bytes().await.map_err(gallery_error)?.into()))
    }

    pub(crate) async fn erase(&self, blob: BlobId) -> Result<(), GalleryError> {
        for variant in Variant::ALL {
            match self.store.delete(&self.path(blob, variant)).await {
                Ok(()) => {}
                Err(Error::NotFound { .. }) => self.reach().await?,
                Err(error) => return Err(gallery_error(error)),
            }
        }
        Ok(())
    }

    pub(crate) async fn list(&self) -> Result<Vec<(BlobId, Variant)>, GalleryError> {
        let prefix = (self.prefix != ObjectPath::default()).then_some(&self.prefix);
        let files = self.store.list(prefix);
        let ours = files.map_ok(|file| file.location.filename().and_then(what_is)).try_collect::<Vec<_>>();
        Ok(ours.await.map_err(gallery_error)?.into_iter().flatten().collect())
    }

    /// Whether the place answers at all: of a bucket that is gone every single file is "not found" too.
    async fn reach(&self) -> Result<(), GalleryError> {
        let nothing = self.prefix.clone().join("nothing");
        self.store.list(Some(&nothing)).try_next().await.map(drop).map_err(gallery_error)
    }

    /// `ab/abcd….full`: a directory with a million files is slow on some file systems.
    fn path(&self, blob: BlobId, variant: Variant) -> ObjectPath {
        let name = blob.0.simple().to_string();
        let shard: String = name.chars().take(2).collect();
        self.prefix.clone().join(shard.as_str()).join(format!("{name}.{}", variant.as_str()).as_str())
    }
}

/// The blob and the variant whose file is called so.
fn what_is(name: &str) -> Option<(BlobId, Variant)> {
    let (name, variant) = name.split_once('.')?;
    Some((Uuid::try_parse(name).ok().map(BlobId)?, Variant::from_word(variant)?))
}

fn gallery_error(error: Error) -> GalleryError {
    GalleryError(error.into())
}

/// Makes the directory; others may not look into it.
fn make_directory(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_a_directory_or_a_bucket() {
        assert_eq!(Location::parse("file:/srv/media"), Ok(Location::Directory("/srv/media".into())));
        for text in ["", "file:", "/srv/media", "http://media", "s3:bucket"] {
            assert_eq!(Location::parse(text), Err(LocationError::Unknown), "{text}");
        }
    }

    #[cfg(feature = "s3")]
    #[test]
    fn a_bucket_may_have_a_prefix() {
        let bucket = |prefix: &str| Location::Bucket { bucket: "campus".into(), prefix: prefix.into() };
        assert_eq!(Location::parse("s3://campus"), Ok(bucket("")));
        assert_eq!(Location::parse("s3://campus/a/b/"), Ok(bucket("a/b")));
        assert_eq!(Location::parse("s3:///a"), Err(LocationError::Unknown));
    }

    #[cfg(not(feature = "s3"))]
    #[test]
    fn a_build_without_buckets_says_so() {
        assert_eq!(Location::parse("s3://campus"), Err(LocationError::NoBuckets));
    }

    #[test]
    fn only_our_names_are_ours() {
        let name = "00000000000000000000000000000007";
        let blob = BlobId(Uuid::from_u128(7));
        assert_eq!(what_is(&format!("{name}.full")), Some((blob, Variant::Full)));
        assert_eq!(what_is(&format!("{name}.thumb")), Some((blob, Variant::Thumb)));
        for other in [name, "x.full", ".full", &format!("{name}.full#1")] {
            assert_eq!(what_is(other), None, "{other}");
        }
    }
}
