//! Threads that run read units, each on its own connection.
//!
//! When units wait on PostgreSQL, a thread takes its share of them at once and asks for the standing of all their bearers in
//! one statement: half of the round trips are spared, and each answer is still younger than the request it is for.

use super::job::{Done, Job};
use super::lease::Lease;
use super::run_unit::run_unit;
use super::{Message, Settings};
use crate::errors::Fault;
use crate::liveness::Known;
use crate::sessions::find_standings;
use crate::statements::noting;
use crate::unit_of_work::DieselUnitOfWork;
use crossbeam_channel::Receiver;
use madang_domain::store::{Access, StoreError};

/// How often a unit is run at most.
const TRIES: usize = 3;

/// How many waiting units a thread takes at most.
const SHARE_MAX: usize = 8;

/// Runs read units.
pub(crate) struct Reader {
    lease: Lease,
    settings: Settings,
}

impl Reader {
    pub(crate) fn new(lease: Lease, settings: Settings) -> Self {
        Self { lease, settings }
    }

    /// Runs the units of `queue` until it is told to stop.
    pub(crate) fn serve(&mut self, queue: &Receiver<Message>) {
        while let Ok(Message::Unit(job)) = queue.recv() {
            let Some(readers) = self.settings.shared_by else {
                self.run(job);
                continue;
            };
            let mut jobs = vec![job];
            let mut stop = false;
            for _ in 0..(queue.len() / readers).min(SHARE_MAX - 1) {
                match queue.try_recv() {
                    Ok(Message::Unit(job)) => jobs.push(job),
                    // Each thread has a word to stop of its own: whoever took a second one would leave another waiting.
                    Ok(Message::Stop) => {
                        stop = true;
                        break;
                    }
                    Err(_) => break,
                }
            }
            self.find_standings(&mut jobs);
            jobs.into_iter().for_each(|job| self.run(job));
            if stop {
                break;
            }
        }
    }

    /// Finds the standings of the jobs' bearers. Whatever fails here is left to the units themselves.
    fn find_standings(&mut self, jobs: &mut [Job]) {
        let bearers: Vec<_> = jobs.iter().filter_map(|job| job.bearer).collect();
        if bearers.len() < 2 {
            return;
        }
        let Ok(conn) = self.lease.conn() else { return };
        let found = noting(self.settings.statements.as_ref(), Access::Read, || {
            let mut uow = DieselUnitOfWork::new(conn, Access::Read, Known::Nothing);
            let found = find_standings(&mut uow, &bearers);
            (found, uow.fault())
        });
        let standings = match found {
            (Ok(standings), _) => standings,
            (Err(_), fault) => {
                if fault == Some(Fault::Broken) {
                    self.lease.discard();
                }
                return;
            }
        };
        for job in jobs {
            let own = standings.iter().find(|(bearer, _)| Some(*bearer) == job.bearer);
            job.standing = own.map(|(_, standing)| *standing);
        }
    }

    /// Runs `job` and answers it. When its connection is lost it runs again, since it has changed nothing.
    fn run(&mut self, job: Job) {
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
        let ran = match run_unit(conn, job, &self.settings) {
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
