//! How a store is set up, and what its threads are given.

use super::lease::Lease;
use super::reader;
use crate::connection::{ConnectError, Manager, Purpose};
use crate::liveness::LivenessCache;
use crate::statements::StatementLog;
use crate::url::DatabaseUrl;
use r2d2::Pool;
use std::sync::Arc;
use std::time::Duration;

/// How a [`DieselStore`](crate::DieselStore) is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// The database.
    pub url: DatabaseUrl,
    /// Threads that read; a database in memory has none of its own.
    pub readers: usize,
    /// Threads that write on PostgreSQL; SQLite has one.
    pub writers: usize,
    /// How many units may wait, reads and writes each.
    pub queue_max: usize,
    /// Whether statements are prepared; off behind a pooler that cannot keep them.
    pub prepared_statements: bool,
    /// How long a unit may wait for its turn, and a thread for a connection.
    pub wait: Duration,
    /// When a connection is replaced by a fresh one.
    pub max_lifetime: Duration,
    /// After which PostgreSQL ends a statement.
    pub statement_timeout: Duration,
    /// Whether the liveness check reads a copy in memory. Only a SQLite file can have one, and only while this process
    /// alone changes users and sessions.
    pub liveness_in_memory: bool,
    /// Collects the statements of each unit, for tests.
    pub statements: Option<StatementLog>,
}

/// What the threads need of the options.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) wait: Duration,
    pub(crate) read_begin: Option<String>,
    /// How many threads share the units that wait; `None` where each takes one at a time.
    pub(crate) shared_by: Option<usize>,
    #[cfg(feature = "postgres")]
    pub(crate) prepared_statements: bool,
    #[cfg(feature = "postgres")]
    pub(crate) statement_timeout: Duration,
    pub(crate) statements: Option<StatementLog>,
    pub(crate) liveness: Option<Arc<LivenessCache>>,
}

impl Options {
    /// The defaults for `url`.
    pub fn new(url: DatabaseUrl) -> Self {
        let readers = if url.is_sqlite() { 4 } else { 8 };
        Self {
            url,
            readers,
            writers: 8,
            queue_max: 1024,
            prepared_statements: true,
            wait: Duration::from_secs(2),
            max_lifetime: Duration::from_secs(420),
            statement_timeout: Duration::from_secs(5),
            liveness_in_memory: false,
            statements: None,
        }
    }

    pub(crate) fn manager(&self, purpose: Purpose) -> Manager {
        Manager {
            url: self.url.clone(),
            purpose,
            #[cfg(feature = "postgres")]
            prepared_statements: self.prepared_statements,
            #[cfg(feature = "postgres")]
            statement_timeout: self.statement_timeout,
            statements: self.statements.clone(),
        }
    }

    pub(crate) fn settings(&self) -> Settings {
        let timeout = self.statement_timeout.as_millis();
        let liveness = self.liveness_in_memory && matches!(self.url, DatabaseUrl::SqliteFile(_));
        Settings {
            wait: self.wait,
            // A statement of SQLite costs no round trip, and behind a pooler it would need a transaction of its own.
            shared_by: (!self.url.is_sqlite() && self.prepared_statements).then_some(self.readers.max(1)),
            read_begin: reader::begin(self.url.is_sqlite(), self.prepared_statements, timeout),
            #[cfg(feature = "postgres")]
            prepared_statements: self.prepared_statements,
            #[cfg(feature = "postgres")]
            statement_timeout: self.statement_timeout,
            statements: self.statements.clone(),
            liveness: liveness.then(Arc::default),
        }
    }

    /// Connections for `count` threads. They are made in the background and again after each loss.
    pub(crate) fn leases(&self, purpose: Purpose, count: usize) -> Vec<Lease> {
        let size = u32::try_from(count).unwrap_or(u32::MAX).max(1);
        let pool = Pool::builder()
            .max_size(size)
            // Made when a thread asks, so that a thread that lost its connection gets a new one, not one as old.
            .min_idle(Some(0))
            .test_on_check_out(false)
            // The threads themselves give back what is broken or old; nothing lies idle.
            .idle_timeout(None)
            .max_lifetime(None)
            // The threads say how long they wait. For r2d2 itself this is twice its longest pause between attempts, and a
            // database that is back should be found at once.
            .connection_timeout(2 * LONGEST_PAUSE)
            .error_handler(Box::new(Report))
            .build_unchecked(self.manager(purpose));
        (0..size).map(|n| Lease::new(pool.clone(), self.lifetime(n), self.wait)).collect()
    }

    /// Spread a little, so that not all connections are replaced at once.
    fn lifetime(&self, number: u32) -> Duration {
        match self.url {
            DatabaseUrl::SqliteMemory => Duration::MAX,
            _ => self.max_lifetime + self.max_lifetime / 64 * number,
        }
    }
}

/// Between two attempts to connect.
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// Logs connections that r2d2 could not make; it tries again by itself.
#[derive(Debug)]
struct Report;

impl r2d2::HandleError<ConnectError> for Report {
    fn handle_error(&self, error: ConnectError) {
        tracing::warn!(error = %error, "no database connection");
    }
}
