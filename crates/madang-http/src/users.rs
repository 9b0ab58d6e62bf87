//! Users as other members see them.

mod find_profile;

use crate::route::Route;

/// The routes of other users.
pub(crate) fn routes() -> Vec<Route> {
    vec![find_profile::route()]
}
