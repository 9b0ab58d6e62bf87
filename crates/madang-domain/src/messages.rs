//! Messages between two people. An item without a name makes a thread without names, and keeps it so.

mod delete_thread;
mod door;
mod list_messages;
mod open_thread;
mod repository;
mod send_message;
mod thread;

pub use delete_thread::delete_thread;
pub use door::Door;
pub use list_messages::list_messages;
pub use open_thread::{OpenThread, OpenThreadError, OpenedThread, open_thread};
pub use repository::{MessageRepository, OwnThread, ThreadFilter};
pub use send_message::{ThreadError, mark_thread_read, send_message};
pub use thread::{
    ContextKind, MessageView, NewMessage, NewThread, Opened, Side, ThreadPermissions, ThreadView,
    contents_rule,
};
