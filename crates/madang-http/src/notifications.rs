//! Notices.

mod count_unread;
mod list_notifications;
mod mark_all_read;
mod mark_read;
mod response;

pub(crate) use count_unread::UnreadResponse;
pub(crate) use response::NotificationResponse;

use crate::route::Route;

/// The routes of notices.
pub(crate) fn routes() -> Vec<Route> {
    vec![list_notifications::route(), mark_read::route(), mark_all_read::route(), count_unread::route()]
}
