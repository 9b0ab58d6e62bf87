//! The port of the check of counters.

use super::{Counter, WrongCounter};
use crate::store::StoreError;
use uuid::Uuid;

/// Counters against what they count.
pub trait CounterRepository {
    /// At most `limit` counters of this kind that are wrong; one statement, which reads whole tables.
    fn list_wrong(&mut self, counter: Counter, limit: usize) -> Result<Vec<WrongCounter>, StoreError>;

    /// Counts anew, with the row kept from other write units, and stores the number.
    fn repair(&mut self, counter: Counter, id: Uuid) -> Result<(), StoreError>;
}
