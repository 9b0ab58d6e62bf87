//! The audit log, for admins.

mod list_events;

use crate::route::Route;

/// The routes of the audit log.
pub(crate) fn routes() -> Vec<Route> {
    vec![list_events::route()]
}
