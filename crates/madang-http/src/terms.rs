//! The terms of the caller's school.

mod list_terms;

use crate::route::Route;

/// The routes of terms.
pub(crate) fn routes() -> Vec<Route> {
    vec![list_terms::route()]
}
