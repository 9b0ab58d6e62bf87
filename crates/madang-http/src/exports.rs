//! Exports of one's own data.

mod create_export;
mod find_export;
mod find_export_file;
mod response;

use crate::route::Route;

/// The routes of exports.
pub(crate) fn routes() -> Vec<Route> {
    vec![create_export::route(), find_export::route(), find_export_file::route()]
}
