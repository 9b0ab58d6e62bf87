//! What a server is handed from outside: the time and randomness.

use chrono::Utc;
use madang_domain::ctx::{Clock, Entropy, Moment, Timestamp};
use madang_domain::policy::Policy;
use madang_persistence::StatementLog;
use std::sync::Arc;

/// The world that a server runs in.
#[derive(Clone)]
pub struct World {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Makes randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Collects the statements of each unit of work, for tests.
    pub statements: Option<StatementLog>,
}

impl World {
    /// The system's clock and randomness.
    pub fn real() -> Self {
        Self { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy), statements: None }
    }

    /// This moment under `policy`.
    pub fn moment(&self, policy: &Arc<Policy>) -> Moment {
        Moment::new(self.clock.now(), Arc::clone(policy), Arc::clone(&self.entropy))
    }
}

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else is handed")]
    fn now(&self) -> Timestamp {
        Utc::now()
    }
}

/// The system's randomness.
#[derive(Clone, Copy, Debug)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the entropy that everything else is handed")]
    #[expect(clippy::panic, reason = "a system without randomness must not hand out secrets")]
    fn fill(&self, bytes: &mut [u8]) {
        if let Err(error) = getrandom::fill(bytes) {
            panic!("the system gives no randomness: {error}");
        }
    }
}
