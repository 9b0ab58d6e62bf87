//! Statistics, for staff.

mod count_days;

use crate::route::Route;

/// The routes of statistics.
pub(crate) fn routes() -> Vec<Route> {
    vec![count_days::route()]
}
