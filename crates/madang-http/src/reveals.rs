//! Telling an admin who wrote an anonymous item.

mod create_reveal;

use crate::route::Route;

/// The routes of reveals.
pub(crate) fn routes() -> Vec<Route> {
    vec![create_reveal::route()]
}
