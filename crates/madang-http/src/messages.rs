//! Message threads and their messages.

mod delete_thread;
mod find_thread;
mod list_messages;
mod list_threads;
mod mark_thread_read;
mod open_thread;
mod response;
mod send_message;

use crate::route::Route;

/// The routes of messages.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        list_threads::route(),
        open_thread::route(),
        find_thread::route(),
        delete_thread::route(),
        list_messages::route(),
        send_message::route(),
        mark_thread_read::route(),
    ]
}
