//! The port of removals.

use super::{ItemRef, StaffItem};
use crate::actor::Actor;
use crate::ctx::Timestamp;
use crate::posts::ReportReason;
use crate::store::StoreError;
use uuid::Uuid;

/// Items as staff see them. "In reach" means: of the caller's school, or of any for an admin, in whatever state.
pub trait RemovalRepository {
    /// The item, if it is in reach; one statement.
    fn find(&mut self, viewer: &Actor, item: ItemRef) -> Result<Option<StaffItem>, StoreError>;

    /// As [`find`](Self::find), with the post and all that stands under it kept from other write units until this one ends.
    fn find_locked(&mut self, viewer: &Actor, item: ItemRef) -> Result<Option<StaffItem>, StoreError>;

    /// Marks an item that is held as removed, not hidden any more, and takes it out of the search.
    fn mark_removed(&mut self, item: ItemRef, at: Timestamp) -> Result<(), StoreError>;

    /// Takes the mark back, and puts a post that its author has not deleted back into the search.
    fn unmark_removed(&mut self, item: ItemRef) -> Result<(), StoreError>;

    /// Hides an item that is held, or shows it again.
    fn save_hidden(&mut self, item: ItemRef, reason: Option<ReportReason>) -> Result<(), StoreError>;

    /// At most `limit` items that were removed at `before` or earlier, still have a text, and have no open case.
    fn list_expired(&mut self, before: Timestamp, limit: usize) -> Result<Vec<ItemRef>, StoreError>;

    /// Erases the text of a removed item, and its copies.
    fn blank(&mut self, item: ItemRef) -> Result<(), StoreError>;

    /// Erases what closed cases and warnings keep of an item's text.
    fn blank_copies(&mut self, item: Uuid) -> Result<(), StoreError>;
}
