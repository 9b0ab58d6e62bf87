//! Setting counters right.

use super::WrongCounter;
use crate::store::{StoreError, UnitOfWork};

/// Counts `wrong` counters anew and stores the numbers. What happened since they were found is counted as well.
pub fn repair_counters(uow: &mut dyn UnitOfWork, wrong: &[WrongCounter]) -> Result<(), StoreError> {
    wrong.iter().try_for_each(|wrong| uow.counters().repair(wrong.counter, wrong.id))
}
