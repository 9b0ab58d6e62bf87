//! What must happen after a commit.

/// The outbox.
pub trait OutboxRepository {}
