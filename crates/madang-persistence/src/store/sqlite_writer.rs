//! The one writer of a SQLite database: group commit.
//!
//! Units that wait share one transaction, each in its own savepoint, and are answered after the commit: durable writes
//! at a fraction of their price (docs/decisions/0002). Because a unit may have read what another one of its batch
//! wrote, nothing is answered before the commit, not even a refusal, and when a batch is lost all of it is run again.

use super::job::{Done, Job};
use super::lease::Lease;
use super::run_unit::run_unit;
use super::{Message, Settings};
use crate::connection::Conn;
use crate::liveness::Touched;
use crossbeam_channel::Receiver;
use diesel::result::Error as DieselError;
use madang_domain::store::{Access, Outcome, StoreError};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// Most units of one batch.
const BATCH_MAX: usize = 256;
/// How long the units of a batch may take together before it is committed.
const BATCH_TIME: Duration = Duration::from_millis(20);

/// Runs write units, and on a database in memory the read units too.
pub(crate) struct SqliteWriter {
    lease: Lease,
    settings: Settings,
    /// Losing the connection would lose the database.
    in_memory: bool,
    /// Units of a lost batch, to be run again.
    again: VecDeque<Job>,
    /// Whose standing the units of the batch have changed.
    touched: Vec<Touched>,
    /// The order to end came while a batch was being filled.
    stopped: bool,
}

impl SqliteWriter {
    pub(crate) fn new(lease: Lease, settings: Settings, in_memory: bool) -> Self {
        Self { lease, settings, in_memory, again: VecDeque::new(), touched: Vec::new(), stopped: false }
    }

    /// Serves `queue` until it is told to stop, then moves the write-ahead log into the database file.
    pub(crate) fn serve(mut self, queue: &Receiver<Message>) {
        self.lease.warm_up();
        while !self.stopped {
            match queue.recv() {
                Ok(Message::Unit(job)) => self.again.extend(job.unless_stale(self.settings.wait)),
                Ok(Message::Stop) | Err(_) => self.stopped = true,
            }
            while !self.again.is_empty() {
                self.batch(queue);
            }
        }
        self.checkpoint();
    }

    fn batch(&mut self, queue: &Receiver<Message>) {
        if let Err(error) = self.begin() {
            return self.again.drain(..).for_each(|job| job.answer(Err(copy(&error))));
        }
        self.touched.clear();
        let began = Instant::now();
        let mut done: Vec<(Job, Done)> = Vec::new();
        while done.len() < BATCH_MAX && began.elapsed() < BATCH_TIME {
            let Some(mut job) = self.next(queue) else { break };
            match self.run(&mut job) {
                Ok(result) => done.push((job, result)),
                Err(Lost(result)) => {
                    job.answer(result);
                    self.reset();
                    return done.into_iter().rev().for_each(|(job, _)| self.again.push_front(job));
                }
            }
        }
        self.commit(done);
    }

    fn next(&mut self, queue: &Receiver<Message>) -> Option<Job> {
        if let Some(job) = self.again.pop_front() {
            return Some(job);
        }
        while !self.stopped {
            match queue.try_recv().ok()? {
                Message::Unit(job) => match job.unless_stale(self.settings.wait) {
                    Some(job) => return Some(job),
                    None => continue,
                },
                Message::Stop => self.stopped = true,
            }
        }
        None
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        let conn = self.lease.conn()?;
        let begun =
            conn.begin_with("BEGIN IMMEDIATE").map_err(|error| conn.store_error(Access::Write, error));
        if begun.is_err() {
            self.reset();
        }
        begun
    }

    /// Runs one unit in its savepoint.
    fn run(&mut self, job: &mut Job) -> Result<Done, Lost> {
        let conn = self.lease.conn().map_err(|error| Lost(Err(error)))?;
        conn.begin().map_err(|error| Lost::by(conn, error))?;
        let ran = run_unit(conn, job, &self.settings);
        let ran = ran.map_err(|panicked| Lost(Err(panicked.into_error())))?;
        self.touched.push(ran.touched);
        let end = match (ran.outcome, job.access) {
            (Outcome::Commit, Access::Write) => conn.commit(),
            (Outcome::RollBack, _) | (_, Access::Read) => conn.roll_back(),
        };
        match end {
            Ok(()) => Ok(ran.error.map_or(Ok(()), Err)),
            // On a full disk SQLite gives the whole transaction up, savepoints and all; the unit knows the reason.
            Err(_) if ran.fault.is_some() => Err(Lost(ran.error.map_or(Ok(()), Err))),
            Err(error) => Err(Lost::by(conn, error)),
        }
    }

    fn commit(&mut self, done: Vec<(Job, Done)>) {
        let conn = self.lease.conn();
        let committed =
            conn.and_then(|conn| conn.commit().map_err(|error| conn.store_error(Access::Write, error)));
        // Also after a failed commit, whose fate is not certain.
        if let Some(liveness) = &self.settings.liveness {
            liveness.forget(&self.touched);
        }
        match committed {
            Ok(()) => done.into_iter().for_each(|(job, result)| job.answer(result)),
            Err(error) => {
                let cause = &error as &dyn std::error::Error;
                tracing::error!(error = cause, units = done.len(), "a batch could not be committed");
                self.reset();
                done.into_iter().for_each(|(job, _)| job.answer(Err(copy(&error))));
            }
        }
    }

    /// Undoes what is open. A file is opened afresh, since after a panic nobody knows the connection's state.
    fn reset(&mut self) {
        let clean = self.lease.conn().is_ok_and(Conn::roll_back_all);
        if !self.in_memory || !clean {
            self.lease.discard();
        }
    }

    fn checkpoint(&mut self) {
        if let Ok(conn) = self.lease.conn()
            && let Err(error) = conn.batch("PRAGMA wal_checkpoint(TRUNCATE)")
        {
            tracing::warn!(error = %error, "the write-ahead log could not be checkpointed");
        }
    }
}

/// The batch is lost with this unit, which is answered so; the others are run again.
struct Lost(Done);

impl Lost {
    fn by(conn: &Conn, error: DieselError) -> Self {
        Self(Err(conn.store_error(Access::Write, error)))
    }
}

/// The same error for another unit; the chain is in the first one's log.
fn copy(error: &StoreError) -> StoreError {
    match error {
        StoreError::Busy => StoreError::Busy,
        StoreError::Unavailable(cause) => StoreError::Unavailable(cause.to_string().into()),
        StoreError::Internal(cause) => StoreError::Internal(cause.to_string().into()),
    }
}
