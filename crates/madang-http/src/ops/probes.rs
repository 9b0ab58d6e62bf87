//! What `/readyz` asks before it answers.

use madang_domain::store::BoxFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// One named check.
pub type Check = Arc<dyn Fn() -> BoxFuture<bool> + Send + Sync>;

/// The checks of readiness, and whether the server is on its way down.
#[derive(Clone, Default)]
pub struct Probes {
    checks: Vec<(&'static str, Check)>,
    leaving: Arc<AtomicBool>,
}

impl Probes {
    /// Adds a check; it answers whether all is well.
    #[must_use]
    pub fn with(mut self, name: &'static str, check: Check) -> Self {
        self.checks.push((name, check));
        self
    }

    /// From now on the server is not ready: the first step of a graceful stop.
    pub fn leave(&self) {
        self.leaving.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_leaving(&self) -> bool {
        self.leaving.load(Ordering::Relaxed)
    }

    pub(crate) fn checks(&self) -> &[(&'static str, Check)] {
        &self.checks
    }
}

impl std::fmt::Debug for Probes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.checks.iter().map(|(name, _)| name)).finish()
    }
}
