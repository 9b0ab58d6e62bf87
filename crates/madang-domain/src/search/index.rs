//! The care of the search index: the writers of posts keep it up to date, this finds and mends what went wrong.

use crate::store::{Store, StoreError};
use std::sync::Arc;

/// How many posts one unit of work adds.
const BATCH: i64 = 500;

/// How far the index is from the posts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SearchIndexState {
    /// Posts that should be found and are not in the index.
    pub missing: i64,
    /// Entries of posts that should not be found.
    pub stale: i64,
    /// Whether the database finds the index itself damaged.
    pub damaged: bool,
}

impl SearchIndexState {
    /// Whether nothing is wrong.
    pub fn is_whole(&self) -> bool {
        *self == Self::default()
    }
}

/// The index as a whole.
pub trait SearchIndexRepository {
    /// Compares the index with the posts.
    fn check(&mut self) -> Result<SearchIndexState, StoreError>;

    /// Empties the index.
    fn clear(&mut self) -> Result<(), StoreError>;

    /// Adds up to `limit` posts that are missing, newest first; answers how many.
    fn fill(&mut self, limit: i64) -> Result<usize, StoreError>;
}

/// Makes the index anew, newest posts first, in units small enough to let others write between; answers how many posts it
/// holds then. Searches find less until it is done.
pub fn rebuild_search_index(store: &Arc<dyn Store>) -> Result<usize, StoreError> {
    store.write_blocking::<_, StoreError, _>(|uow| uow.search_index().clear())?;
    let mut total = 0;
    loop {
        match store.write_blocking::<_, StoreError, _>(|uow| uow.search_index().fill(BATCH))? {
            0 => return Ok(total),
            added => total += added,
        }
    }
}
