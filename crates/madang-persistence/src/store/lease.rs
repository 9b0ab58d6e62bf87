//! A thread's hold on one connection of r2d2's pool, for long.

use crate::connection::{Conn, Manager};
use madang_domain::store::StoreError;
use r2d2::{Pool, PooledConnection};
use std::time::{Duration, Instant};

/// One thread's connection: taken when it is first needed, given back when it breaks or has come of age.
pub(crate) struct Lease {
    pool: Pool<Manager>,
    max_lifetime: Duration,
    /// How long to wait for a connection at most.
    wait: Duration,
    held: Option<(PooledConnection<Manager>, Instant)>,
    /// When the last attempt to get a connection ended in vain.
    failed: Option<Instant>,
}

/// While the database is away, a unit does not wait as long again as the one before it.
const IMPATIENT: Duration = Duration::from_millis(50);
/// How long an attempt in vain makes impatient.
const MEMORY: Duration = Duration::from_secs(2);

impl Lease {
    pub(crate) fn new(pool: Pool<Manager>, max_lifetime: Duration, wait: Duration) -> Self {
        Self { pool, max_lifetime, wait, held: None, failed: None }
    }

    /// Connects before the first unit comes. Failing is no matter yet.
    pub(crate) fn warm_up(&mut self) {
        if let Err(error) = self.conn() {
            tracing::warn!(error = %error, "no database connection at the start");
        }
    }

    /// The connection; [`StoreError::Unavailable`] when there is none in time.
    pub(crate) fn conn(&mut self) -> Result<&mut Conn, StoreError> {
        if self.held.as_ref().is_some_and(|(_, since)| since.elapsed() > self.max_lifetime) {
            self.discard();
        }
        let held = match self.held.take() {
            Some(held) => held,
            None => (self.take()?, Instant::now()),
        };
        Ok(&mut self.held.insert(held).0.conn)
    }

    /// Gives the connection back to be closed.
    pub(crate) fn discard(&mut self) {
        if let Some((mut link, _)) = self.held.take() {
            link.spent = true;
        }
    }

    fn take(&mut self) -> Result<PooledConnection<Manager>, StoreError> {
        let lately = self.failed.is_some_and(|failed| failed.elapsed() < MEMORY);
        match self.pool.get_timeout(if lately { IMPATIENT } else { self.wait }) {
            Ok(link) => {
                self.failed = None;
                Ok(link)
            }
            Err(error) => {
                self.failed = Some(Instant::now());
                Err(StoreError::Unavailable(Box::new(error)))
            }
        }
    }
}
