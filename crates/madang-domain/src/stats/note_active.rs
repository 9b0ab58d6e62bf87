//! Counting who is there today, before sessions are forgotten.

use super::days::{begin_of, date_of};
use crate::ctx::Moment;
use crate::store::{StoreError, UnitOfWork};

/// Notes for each school how many people were there on its present day so far. Nobody is named, so the count can stay.
pub fn note_active(uow: &mut dyn UnitOfWork, moment: &Moment) -> Result<(), StoreError> {
    for (school, zone) in uow.schools().list_time_zones()? {
        let day = date_of(zone, moment.now);
        let users = uow.stats().count_active(school, begin_of(zone, day))?;
        if users > 0 {
            uow.stats().save_active(school, day, users)?;
        }
    }
    Ok(())
}
