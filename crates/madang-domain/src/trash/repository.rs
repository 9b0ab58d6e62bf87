//! The port of the trash.

use super::{TrashEntry, TrashKind, TrashView};
use crate::ctx::Timestamp;
use crate::filters::OneOf;
use crate::ids::UserId;
use crate::paging::{Feed, FeedRequest};
use crate::store::StoreError;
use uuid::Uuid;

/// Trash entries.
pub trait TrashRepository {
    /// Puts an item into its owner's trash.
    fn add(&mut self, entry: &TrashEntry) -> Result<(), StoreError>;

    /// The owner's items deleted after `since`, of these kinds if given, last deleted first; one statement. An item that
    /// staff removed meanwhile is absent (SAN-1).
    fn list(
        &mut self,
        owner: UserId,
        kinds: Option<&OneOf<TrashKind>>,
        since: Timestamp,
        request: FeedRequest,
    ) -> Result<Feed<TrashView>, StoreError>;

    /// The owner's item of this id, and keeps other write units from restoring it.
    fn find_locked(&mut self, owner: UserId, id: Uuid) -> Result<Option<TrashView>, StoreError>;

    /// Takes out at most `limit` items of a kind that were deleted at `before` or earlier, whosever they are; answers
    /// their ids. An item that is being restored is left.
    fn take_expired(
        &mut self,
        kind: TrashKind,
        before: Timestamp,
        limit: usize,
    ) -> Result<Vec<Uuid>, StoreError>;

    /// Takes an item out, when it was restored or purged.
    fn remove(&mut self, id: Uuid) -> Result<(), StoreError>;
}
