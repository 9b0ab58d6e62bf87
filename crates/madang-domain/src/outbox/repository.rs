//! The port of the outbox.

use crate::ctx::Timestamp;
use crate::ids::OutboxId;
use crate::outbox::OutboxMessage;
use crate::store::StoreError;

/// A message that a worker may act on until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The message.
    pub message: OutboxMessage,
    /// How often it has been claimed, this time included.
    pub attempts: u32,
}

/// A message that was given up; its address and secret are erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// The message's id.
    pub id: OutboxId,
    /// The kind of its letter.
    pub kind: String,
    /// When it was given up.
    pub dead_at: Timestamp,
    /// Why, as the last attempt told it.
    pub failure: String,
}

/// The outbox.
pub trait OutboxRepository {
    /// Adds a message, due from its creation on.
    fn add(&mut self, message: &OutboxMessage) -> Result<(), StoreError>;

    /// Claims up to `limit` messages that are due at `now`, the longest due first, until `lease_until`. No two workers
    /// hold one message, on however many nodes, and none waits for another.
    fn claim(
        &mut self,
        now: Timestamp,
        lease_until: Timestamp,
        limit: usize,
    ) -> Result<Vec<Claimed>, StoreError>;

    /// Erases a message that has been acted on. Nothing happens when it is gone already.
    fn done(&mut self, id: OutboxId) -> Result<(), StoreError>;

    /// Makes a message due again at `due_at`, remembering why it failed.
    fn failed(&mut self, id: OutboxId, due_at: Timestamp, failure: &str) -> Result<(), StoreError>;

    /// Gives a message up: it is never due again, and what it said is erased but for its kind.
    fn bury(&mut self, id: OutboxId, now: Timestamp, failure: &str) -> Result<(), StoreError>;

    /// The dead letters, newest first.
    fn list_dead(&mut self, limit: usize) -> Result<Vec<DeadLetter>, StoreError>;

    /// Erases dead letters given up before `before`; answers how many.
    fn purge_dead(&mut self, before: Timestamp) -> Result<usize, StoreError>;
}
