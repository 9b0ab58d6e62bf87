//! Threads that run read units, each on its own connection.

use super::Settings;
use super::job::{Done, Job};
use super::lease::Lease;
use super::run_unit::run_unit;
use crate::errors::Fault;
use madang_domain::store::{Access, StoreError};

/// How often a unit is run at most.
const TRIES: usize = 3;

/// Runs read units.
pub(crate) struct Reader {
    lease: Lease,
    settings: Settings,
}

impl Reader {
    pub(crate) fn new(lease: Lease, settings: Settings) -> Self {
        Self { lease, settings }
    }

    /// Runs `job` and answers it. When its connection is lost it runs again, since it has changed nothing.
    pub(crate) fn serve(&mut self, job: Job) {
        let Some(mut job) = job.unless_stale(self.settings.wait) else { return };
        let mut tried = self.attempt(&mut job);
        for _ in 1..TRIES {
            if tried.is_ok() {
                break;
            }
            tried = self.attempt(&mut job);
        }
        job.answer(tried.unwrap_or_else(|Lost(error)| Err(error)));
    }

    /// Connects before the first unit comes.
    pub(crate) fn warm_up(&mut self) {
        self.lease.warm_up();
    }

    fn attempt(&mut self, job: &mut Job) -> Result<Done, Lost> {
        let conn = match self.lease.conn() {
            Ok(conn) => conn,
            Err(error) => return Ok(Err(error)),
        };
        if let Some(begin) = &self.settings.read_begin
            && let Err(error) = conn.begin_with(begin)
        {
            let error = conn.store_error(Access::Read, error);
            self.lease.discard();
            return Err(Lost(error));
        }
        let ran = match run_unit(conn, Access::Read, &mut job.unit, &self.settings) {
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
