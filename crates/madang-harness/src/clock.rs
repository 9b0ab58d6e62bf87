//! A clock that goes on by itself and can be put forward.

use chrono::{TimeDelta, Utc};
use madang_domain::ctx::{Clock, Timestamp};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// The system's clock plus what a test has added. Clones show the same time, so that two nodes can share one clock.
#[derive(Clone, Debug, Default)]
pub struct SteppedClock {
    ahead_micros: Arc<AtomicI64>,
}

impl SteppedClock {
    /// A clock that shows the system's time.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts the clock forward.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_micros()).unwrap_or(i64::MAX);
        self.ahead_micros.fetch_add(by, Ordering::SeqCst);
    }
}

impl Clock for SteppedClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that is handed in")]
    fn now(&self) -> Timestamp {
        Utc::now() + TimeDelta::microseconds(self.ahead_micros.load(Ordering::SeqCst))
    }
}
