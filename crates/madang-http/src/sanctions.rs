//! What staff imposed on members.

mod list_own_sanctions;

use crate::route::Route;

/// The routes of sanctions.
pub(crate) fn routes() -> Vec<Route> {
    vec![list_own_sanctions::route()]
}
