//! What must happen after a commit: written in the transaction of the act, delivered by a worker.
//!
//! Delivery is at least once. A worker claims what is due for the length of a lease, acts outside any unit of work, and
//! says how it went; what was claimed by a worker that died is due again when the lease ends.

mod link_secret;
mod mail;
mod message;
mod repository;
mod retry;

pub use link_secret::LinkSecret;
pub use mail::{Letter, Mail};
pub use message::{OutboxMessage, Task};
pub use repository::{Claimed, DeadLetter, OutboxRepository};
pub use retry::{ATTEMPTS_MAX, next_attempt};
