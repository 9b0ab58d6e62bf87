//! Scraps.

mod list_scraps;
mod scrap_post;
mod unscrap_post;

use crate::route::Route;

/// The routes of scraps.
pub(crate) fn routes() -> Vec<Route> {
    vec![scrap_post::route(), unscrap_post::route(), list_scraps::route()]
}
