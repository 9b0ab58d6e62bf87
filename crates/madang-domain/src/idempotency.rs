//! Answers kept for repeated requests.

use crate::ctx::Timestamp;
use crate::store::StoreError;

/// What identifies a request that may be repeated: SHA-256 of caller, method, path and key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestKey(pub [u8; 32]);

/// What is kept of the first request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// SHA-256 of the first request's body.
    pub body_digest: [u8; 32],
    /// The answer in the adapter's own form; `None` while the first request is still running.
    pub answer: Option<Vec<u8>>,
}

/// Kept answers.
pub trait IdempotencyRepository {
    /// Claims `key` until `expires_at`. `None` when it is this request's now; else what the first one left. A claim that
    /// has expired at `now` is taken over. Waits for a parallel claim within a running unit.
    fn claim(
        &mut self,
        key: RequestKey,
        body_digest: [u8; 32],
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Option<KeptAnswer>, StoreError>;

    /// What the first request left under `key`, unless that has expired at `now`; claims nothing.
    fn find(&mut self, key: RequestKey, now: Timestamp) -> Result<Option<KeptAnswer>, StoreError>;

    /// Keeps the answer of a claimed key.
    fn keep(&mut self, key: RequestKey, answer: &[u8]) -> Result<(), StoreError>;

    /// Gives a claim back, so that the request may be tried anew.
    fn release(&mut self, key: RequestKey) -> Result<(), StoreError>;

    /// Erases what has expired at `now`; answers how many rows.
    fn purge(&mut self, now: Timestamp) -> Result<usize, StoreError>;
}
