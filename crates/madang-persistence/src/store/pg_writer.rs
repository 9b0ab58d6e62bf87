//! Writers of a PostgreSQL database: one transaction a unit, run again after a conflict.

use super::Settings;
use super::job::{Done, Job};
use super::lease::Lease;
use super::run_unit::run_unit;
use crate::connection::Conn;
use crate::errors::{Fault, store_error};
use diesel::result::Error as DieselError;
use madang_domain::store::{Access, Outcome, StoreError};
use std::thread;
use std::time::Duration;

/// How often a unit is run at most.
const TRIES: u32 = 3;

/// Runs write units.
pub(crate) struct PgWriter {
    lease: Lease,
    settings: Settings,
    begin: String,
    /// State of the generator that spreads retries; it needs no more than to differ between threads.
    jitter: u64,
}

/// How one try ended.
enum Tried {
    /// For good.
    Done(Done),
    /// Another unit was in the way.
    Conflict(Done),
    /// The connection was lost before the commit was asked for, so nothing is kept.
    Lost(StoreError),
}

impl PgWriter {
    pub(crate) fn new(lease: Lease, settings: Settings, number: u64) -> Self {
        let mut begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE".to_owned();
        if !settings.prepared_statements {
            begin.push_str(&format!(
                "; SET LOCAL statement_timeout = {}",
                settings.statement_timeout.as_millis()
            ));
        }
        Self { lease, settings, begin, jitter: number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1 }
    }

    /// Runs `job` and answers it.
    pub(crate) fn serve(&mut self, job: Job) {
        let Some(mut job) = job.unless_stale(self.settings.wait) else { return };
        let done = self.run(&mut job);
        job.answer(done);
    }

    /// Connects before the first unit comes.
    pub(crate) fn warm_up(&mut self) {
        self.lease.warm_up();
    }

    fn run(&mut self, job: &mut Job) -> Done {
        for number in 1.. {
            match self.attempt(job) {
                Tried::Done(done) => return done,
                Tried::Conflict(done) if number == TRIES => return done,
                Tried::Conflict(_) => self.pause(number),
                Tried::Lost(error) => {
                    self.lease.discard();
                    if number == TRIES {
                        return Err(error);
                    }
                }
            }
        }
        Err(StoreError::Busy)
    }

    fn attempt(&mut self, job: &mut Job) -> Tried {
        let conn = match self.lease.conn() {
            Ok(conn) => conn,
            Err(error) => return Tried::Done(Err(error)),
        };
        if let Err(error) = conn.begin_with(&self.begin) {
            return Tried::Lost(conn.store_error(Access::Write, error));
        }
        let ran = match run_unit(conn, job, &self.settings) {
            Ok(ran) => ran,
            Err(panicked) => {
                self.lease.discard();
                return Tried::Done(Err(panicked.into_error()));
            }
        };
        if ran.fault == Some(Fault::Broken) {
            return Tried::Lost(StoreError::Unavailable("the connection was lost".into()));
        }
        if ran.outcome == Outcome::Commit {
            return match conn.commit() {
                Ok(()) => Tried::Done(Ok(())),
                Err(error) => self.after_commit(error),
            };
        }
        if !conn.roll_back_all() {
            self.lease.discard();
        }
        let done = ran.error.map_or(Ok(()), Err);
        if ran.fault == Some(Fault::Conflict) { Tried::Conflict(done) } else { Tried::Done(done) }
    }

    /// A commit that failed by conflict was undone. One whose answer was lost may have been kept, so it is not repeated.
    fn after_commit(&mut self, error: DieselError) -> Tried {
        let (fault, clean) = match self.lease.conn() {
            Ok(conn) => (conn.fault(Access::Write, &error), Conn::roll_back_all(conn)),
            Err(_) => (Fault::Broken, false),
        };
        if !clean || fault == Fault::Broken {
            self.lease.discard();
        }
        let error = Err(store_error(fault, error));
        if fault == Fault::Conflict { Tried::Conflict(error) } else { Tried::Done(error) }
    }

    /// Waits a moment, longer with each try and differently on each thread, so that the same units do not meet again.
    fn pause(&mut self, number: u32) {
        self.jitter ^= self.jitter << 13;
        self.jitter ^= self.jitter >> 7;
        self.jitter ^= self.jitter << 17;
        let most = 5_000_u64 << number;
        thread::sleep(Duration::from_micros(1_000 + self.jitter % most));
    }
}
