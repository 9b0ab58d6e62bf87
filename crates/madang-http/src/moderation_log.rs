//! The log of what managers, moderators and admins do, open to members.

mod list_acts;
mod response;

pub(crate) use response::{LogEntryResponse, logged};

use crate::route::Route;

/// The routes of the moderation log.
pub(crate) fn routes() -> Vec<Route> {
    vec![list_acts::route()]
}
