//! A store in front of a real one: what the measured routes ask is answered at once, on the thread that asks.

use crate::fixed::{Elsewhere, FixedUnit};
use crate::sample::Sample;
use madang_domain::store::{Access, BoxFuture, Store, StoreError, Unit};
use std::future::ready;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

/// Answers from memory what it can, and hands the rest (logins, probes) to a real store.
pub(crate) struct Ceiling {
    real: Arc<dyn Store>,
    sample: Sample,
}

impl Ceiling {
    /// Answers with `sample` in front of `real`.
    pub(crate) fn new(real: Arc<dyn Store>, sample: Sample) -> Self {
        Self { real, sample }
    }

    /// Runs `unit` on the fixed answers; gives it back when they do not do.
    fn run(&self, mut unit: Unit) -> Result<(), Unit> {
        let run = AssertUnwindSafe(|| unit(&mut FixedUnit::new(&self.sample)));
        match catch_unwind(run) {
            Ok(_) => Ok(()),
            // A unit may always be run again, and its half run here has had no effect.
            Err(reason) if reason.is::<Elsewhere>() => Err(unit),
            Err(panic) => resume_unwind(panic),
        }
    }
}

impl Store for Ceiling {
    fn submit(&self, access: Access, unit: Unit) -> BoxFuture<Result<(), StoreError>> {
        match self.run(unit) {
            Ok(()) => Box::pin(ready(Ok(()))),
            Err(unit) => self.real.submit(access, unit),
        }
    }

    fn submit_blocking(&self, access: Access, unit: Unit) -> Result<(), StoreError> {
        match self.run(unit) {
            Ok(()) => Ok(()),
            Err(unit) => self.real.submit_blocking(access, unit),
        }
    }
}
