//! The world handed in: time, randomness, policy, and who acts.

use crate::actor::Actor;
use crate::ids::Id;
use crate::policy::Policy;
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use std::ops::Deref;
use std::sync::Arc;
use uuid::{Builder, Uuid};

/// An instant in UTC with microseconds, the resolution that both databases keep.
pub type Timestamp = DateTime<Utc>;

/// Tells the time. The binary hands in the system's clock, a test a fixed one.
pub trait Clock: Send + Sync {
    /// The current instant, cut to microseconds.
    fn now(&self) -> Timestamp;
}

/// A source of random bytes, cryptographically strong outside tests.
pub trait Entropy: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// One instant with fresh ids and the policy in force: what a use case of a visitor needs.
#[derive(Clone)]
pub struct Moment {
    /// The instant at which the request is judged; whole microseconds.
    pub now: Timestamp,
    /// Durations, limits and switches.
    pub policy: Arc<Policy>,
    entropy: Arc<dyn Entropy>,
}

/// A [`Moment`] with the authenticated user who acts: what every other use case needs.
#[derive(Clone)]
pub struct Ctx {
    /// Who asks.
    pub actor: Actor,
    moment: Moment,
}

impl Moment {
    /// A moment at `now`, which is cut to microseconds.
    pub fn new(now: Timestamp, policy: Arc<Policy>, entropy: Arc<dyn Entropy>) -> Self {
        let now = now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now);
        Self { now, policy, entropy }
    }

    /// The same moment as seen by `actor`.
    pub fn acting(self, actor: Actor) -> Ctx {
        Ctx { actor, moment: self }
    }

    /// A fresh id: random, or ordered by this moment to the microsecond (RFC 9562 section 6.2, method 3), so that ids of
    /// one node never run against `created_at`.
    pub fn fresh<I: Id>(&self) -> I {
        let id = if I::ORDERED {
            self.ordered_uuid()
        } else {
            Builder::from_random_bytes(self.random()).into_uuid()
        };
        I::from(id)
    }

    /// `N` random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    fn ordered_uuid(&self) -> Uuid {
        let micros = self.now.timestamp_micros().max(0).unsigned_abs();
        // 12 bits hold the microseconds within the millisecond: 1000 steps spread over 4096 values.
        let [high, low] = ((micros % 1000 * 4096 / 1000) as u16).to_be_bytes();
        let mut tail: [u8; 10] = self.random();
        (tail[0], tail[1]) = (high, low);
        Builder::from_unix_timestamp_millis(micros / 1000, &tail).into_uuid()
    }
}

impl Deref for Ctx {
    type Target = Moment;

    fn deref(&self) -> &Moment {
        &self.moment
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{PostId, UserId};

    struct Ones;
    impl Entropy for Ones {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0xff);
        }
    }

    fn at(micros: i64) -> Moment {
        Moment::new(DateTime::from_timestamp_micros(micros).unwrap(), Arc::default(), Arc::new(Ones))
    }

    #[test]
    fn x_10_content_ids_follow_the_clock_to_the_microsecond() {
        let ids: Vec<PostId> = (0..3000).map(|n| at(1_700_000_000_000_000 + n).fresh()).collect();
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(ids[0].0.get_version_num(), 7);
    }

    #[test]
    fn ids_of_people_tell_no_time() {
        let id: UserId = at(1_700_000_000_000_000).fresh();
        assert_eq!(id.0.get_version_num(), 4);
    }
}
