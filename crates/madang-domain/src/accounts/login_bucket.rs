//! Failed logins, counted by who was tried from where (AUTH-17).

use crate::ctx::Timestamp;
use chrono::TimeDelta;

/// What a bucket is found by: a keyed hash of the name tried and the network or device it was tried from, alike for real
/// and unreal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BucketKey(pub [u8; 32]);

/// The failures counted under one key since its window began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoginBucket {
    /// How many.
    pub failures: u32,
    /// When the first of them was.
    pub window_start: Timestamp,
    /// Until when every further attempt is refused.
    pub wait_until: Option<Timestamp>,
}

impl LoginBucket {
    /// Whether the window is over at `now`, so that the bucket counts as empty.
    pub fn is_over(&self, now: Timestamp, window: TimeDelta) -> bool {
        self.window_start + window <= now && self.wait_until.is_none_or(|end| end <= now)
    }
}
