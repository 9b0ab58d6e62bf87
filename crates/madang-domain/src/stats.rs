//! Statistics for staff: what happened on each day, as counts.

mod count_days;
mod days;
mod note_active;
mod repository;

pub use count_days::{CountDays, CountDaysError, DAYS_MAX, DayCounts, Stats, count_days};
pub use note_active::note_active;
pub use repository::{Happened, StatsRepository, Tally};
