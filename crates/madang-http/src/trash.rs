//! The trash.

mod list_trash;
mod restore_trash;

use crate::route::Route;

/// The routes of the trash.
pub(crate) fn routes() -> Vec<Route> {
    vec![list_trash::route(), restore_trash::route()]
}
