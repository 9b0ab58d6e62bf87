//! Time, randomness and people, handed in.

use chrono::{DateTime, TimeDelta};
use madang_domain::ctx::{Clock, Entropy, Moment, Timestamp};
use madang_domain::policy::Policy;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// A clock that stands still until a test moves it. Clones show the same time.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<AtomicI64>);

/// Randomness that is the same in each run. Clones draw from one sequence.
#[derive(Clone, Debug)]
pub struct TestEntropy(Arc<AtomicU64>);

/// A clock, randomness and a policy, from which a test takes its moments.
#[derive(Clone, Debug)]
pub struct World {
    /// The clock.
    pub clock: TestClock,
    /// The randomness.
    pub entropy: TestEntropy,
    /// The policy in force; change its fields before the first moment is taken.
    pub policy: Policy,
}

impl TestClock {
    /// A clock at `text` (RFC 3339).
    pub fn at(text: &str) -> Self {
        let instant = DateTime::parse_from_rfc3339(text).expect("an RFC 3339 instant");
        Self(Arc::new(AtomicI64::new(instant.timestamp_micros())))
    }

    /// Moves the clock; backwards with a negative difference.
    pub fn advance(&self, by: TimeDelta) {
        self.0.fetch_add(by.num_microseconds().expect("a difference within 290,000 years"), Ordering::SeqCst);
    }

    /// Sets the clock.
    pub fn set(&self, now: Timestamp) {
        self.0.store(now.timestamp_micros(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        DateTime::from_timestamp_micros(self.0.load(Ordering::SeqCst)).expect("an instant of the calendar")
    }
}

impl TestEntropy {
    /// The sequence of `seed`.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(AtomicU64::new(seed)))
    }

    fn next(&self) -> u64 {
        // SplitMix64: a counter, mixed.
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut n = self.0.fetch_add(STEP, Ordering::SeqCst).wrapping_add(STEP);
        n = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        n = (n ^ (n >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        n ^ (n >> 31)
    }
}

impl Entropy for TestEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next().to_le_bytes()[..chunk.len()]);
        }
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// The first Monday of a Korean spring term, nine in the morning in Seoul; the default policy.
    pub fn new() -> Self {
        Self {
            clock: TestClock::at("2026-03-02T00:00:00Z"),
            entropy: TestEntropy::seeded(1),
            policy: Policy::default(),
        }
    }

    /// What the clock shows.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// This moment.
    pub fn moment(&self) -> Moment {
        Moment::new(self.now(), Arc::new(self.policy.clone()), Arc::new(self.entropy.clone()))
    }

    /// This moment, after the clock has gone on by a second: so that things made one after the other are in order.
    pub fn next_moment(&self) -> Moment {
        self.clock.advance(TimeDelta::seconds(1));
        self.moment()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use madang_domain::ids::PostId;

    #[test]
    fn two_worlds_are_alike_and_time_stands_still() {
        let (one, other) = (World::new(), World::new());
        assert_eq!(one.moment().fresh::<PostId>(), other.moment().fresh::<PostId>());
        assert_eq!(one.now(), other.now());
        other.clock.advance(TimeDelta::hours(1));
        assert_eq!(other.now() - one.now(), TimeDelta::hours(1));
    }
}
