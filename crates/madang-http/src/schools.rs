//! Schools, for everybody.

mod find_school;
mod list_schools;
mod response;

pub(crate) use list_schools::{filter, order};
pub(crate) use response::{SchoolResponse, TermShape, domains};

use crate::route::Route;

/// The routes of schools.
pub(crate) fn routes() -> Vec<Route> {
    vec![list_schools::route(), find_school::route()]
}
