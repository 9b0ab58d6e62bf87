//! Threads that run read units, each on its own connection.

use super::Settings;
use super::job::{Done, Job};
use super::lease::Lease;
use super::run_unit::run_unit;
use crate::errors::{Fault, store_error};
use madang_domain::store::{Access, StoreError};

/// Runs read units.
pub(crate) struct Reader {
    lease: Lease,
    settings: Settings,
}

impl Reader {
    pub(crate) fn new(lease: Lease, settings: Settings) -> Self {
        Self { lease, settings }
    }

    /// Runs `job` and answers it. A lost connection costs one more try, since the unit has changed nothing.
    pub(crate) fn serve(&mut self, mut job: Job) {
        if job.is_stale(self.settings.wait) {
            return job.answer(Err(StoreError::Busy));
        }
        let done = match self.attempt(&mut job) {
            Ok(done) => done,
            Err(Lost(_)) => self.attempt(&mut job).unwrap_or_else(|Lost(error)| Err(error)),
        };
        job.answer(done);
    }

    fn attempt(&mut self, job: &mut Job) -> Result<Done, Lost> {
        let begin = self.settings.read_begin.as_deref();
        let conn = match self.lease.conn() {
            Ok(conn) => conn,
            Err(error) => return Ok(Err(error)),
        };
        if let Some(begin) = begin
            && let Err(error) = conn.begin_with(begin)
        {
            let error = store_error(conn.fault(&error), error);
            self.lease.discard();
            return Err(Lost(error));
        }
        let ran = match run_unit(conn, Access::Read, &mut job.unit, self.settings.statements.as_ref()) {
            Ok(ran) => ran,
            Err(panicked) => {
                self.lease.discard();
                return Ok(Err(panicked.into_error()));
            }
        };
        // Nothing was written, so there is nothing to keep, and rolling back is as cheap as committing.
        let broken = ran.fault == Some(Fault::Broken);
        if broken || !conn.roll_back_all() {
            self.lease.discard();
        }
        match ran.error {
            _ if broken => Err(Lost(StoreError::Unavailable("the connection was lost".into()))),
            Some(error) => Ok(Err(error)),
            None => Ok(Ok(())),
        }
    }
}

/// The connection was lost before the unit was done.
struct Lost(StoreError);

/// Whether read units on this database need a transaction of their own, and how it begins.
pub(crate) fn begin(is_sqlite: bool, prepared_statements: bool, timeout_ms: u128) -> Option<String> {
    match (is_sqlite, prepared_statements) {
        // One snapshot for the whole unit, and cheaper than a lock for each statement.
        (true, _) => Some("BEGIN".to_owned()),
        // READ COMMITTED gives each statement its own snapshot with or without a transaction: save two round trips.
        (false, true) => None,
        (false, false) => Some(format!("BEGIN READ ONLY; SET LOCAL statement_timeout = {timeout_ms}")),
    }
}
