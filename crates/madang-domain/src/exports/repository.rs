//! The port of exports.

use super::{Export, ExportSection};
use crate::ctx::Timestamp;
use crate::ids::{ExportId, UserId};
use crate::store::StoreError;

/// Exports, and what is collected for them.
pub trait ExportRepository {
    /// The owner's export.
    fn find(&mut self, owner: UserId, id: ExportId) -> Result<Option<Export>, StoreError>;

    /// When the owner last asked for one that did not fail.
    fn find_newest(&mut self, owner: UserId) -> Result<Option<Timestamp>, StoreError>;

    /// Adds an export that is to be made.
    fn add(&mut self, export: &Export) -> Result<(), StoreError>;

    /// Takes the oldest export that nobody is making at `now`, until `until`; `None` when there is none.
    fn claim(&mut self, now: Timestamp, until: Timestamp) -> Result<Option<Export>, StoreError>;

    /// Writes how far an export is.
    fn save(&mut self, export: &Export) -> Result<(), StoreError>;

    /// The names of all files that live at `now`.
    fn list_files(&mut self, now: Timestamp) -> Result<Vec<String>, StoreError>;

    /// Erases exports that were asked for before `before`; answers how many.
    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError>;

    /// Everything that `owner` wrote or set, and nothing about others that the owner cannot see.
    fn collect(&mut self, owner: UserId) -> Result<Vec<ExportSection>, StoreError>;
}
