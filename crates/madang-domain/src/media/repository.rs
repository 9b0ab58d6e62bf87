//! The port of pictures' rows.

use super::{ImageKind, PostImage, Purpose, Upload};
use crate::ctx::Timestamp;
use crate::ids::{BlobId, MediaId, PostId, SchoolId, UserId};
use crate::store::StoreError;

/// Where a picture is, which decides who sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaPlace {
    /// With its owner, unused.
    Upload {
        /// Who uploaded it.
        owner: UserId,
    },
    /// In a post.
    Post(PostId),
    /// The picture of a user.
    Profile {
        /// Of whom.
        user: UserId,
        /// The user's school.
        school: SchoolId,
        /// Whether the user has not withdrawn.
        is_live: bool,
    },
}

/// A picture that may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaFile {
    /// What its files are called.
    pub blob: BlobId,
    /// How they are encoded.
    pub kind: ImageKind,
    /// Where it is.
    pub place: MediaPlace,
}

/// Pictures. "Dropping" one takes its place away at once; its files are erased later.
pub trait MediaRepository {
    /// How many uploads of `owner` nothing uses.
    fn count_unattached(&mut self, owner: UserId) -> Result<i64, StoreError>;

    /// Stores an upload.
    fn add(&mut self, upload: &Upload) -> Result<(), StoreError>;

    /// The picture, wherever it is; one statement.
    fn find(&mut self, id: MediaId) -> Result<Option<MediaFile>, StoreError>;

    /// Those of `ids` that are unused uploads of `owner` for `purpose`, kept from other write units until this one ends.
    fn list_unattached(
        &mut self,
        owner: UserId,
        purpose: Purpose,
        ids: &[MediaId],
    ) -> Result<Vec<PostImage>, StoreError>;

    /// Puts unused uploads into a post, forgetting whose they were.
    fn attach(&mut self, ids: &[MediaId], post: PostId) -> Result<(), StoreError>;

    /// Makes an unused upload the picture of `user`, in place of the one before.
    fn save_profile(&mut self, user: UserId, id: MediaId, at: Timestamp) -> Result<(), StoreError>;

    /// Drops the picture of `user`, if there is one.
    fn drop_profile(&mut self, user: UserId, at: Timestamp) -> Result<(), StoreError>;

    /// Drops an unused upload of `owner`; `false` when there is none of this id.
    fn drop_upload(&mut self, owner: UserId, id: MediaId, at: Timestamp) -> Result<bool, StoreError>;

    /// Drops these images.
    fn drop_images(&mut self, ids: &[MediaId], at: Timestamp) -> Result<(), StoreError>;

    /// Drops all images of a post.
    fn drop_of_post(&mut self, post: PostId, at: Timestamp) -> Result<(), StoreError>;

    /// Drops the unused uploads that came before `before`; answers how many.
    fn drop_unattached(&mut self, before: Timestamp, at: Timestamp) -> Result<usize, StoreError>;

    /// Drops everything that `user` has uploaded and not put into a post, the profile picture included.
    fn drop_of_user(&mut self, user: UserId, at: Timestamp) -> Result<(), StoreError>;

    /// At most `limit` dropped pictures, by the name of their files.
    fn list_dropped(&mut self, limit: usize) -> Result<Vec<BlobId>, StoreError>;

    /// Forgets dropped pictures whose files are erased.
    fn purge(&mut self, blobs: &[BlobId]) -> Result<(), StoreError>;

    /// The names of all files that there should be, those of dropped pictures included.
    fn list_blobs(&mut self) -> Result<Vec<BlobId>, StoreError>;
}
