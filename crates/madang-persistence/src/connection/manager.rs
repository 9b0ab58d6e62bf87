//! How connections are made, for r2d2.

use super::Conn;
use crate::migrate;
use crate::statements::{self, StatementLog};
use crate::url::DatabaseUrl;
use diesel::connection::{Connection, SimpleConnection};
use diesel::sqlite::SqliteConnection;

#[cfg(feature = "postgres")]
use diesel::pg::PgConnection;

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Read units: the database itself refuses writes.
    Reading,
    /// Write units.
    Writing,
    /// Both, on the one connection of a database in memory.
    Both,
}

/// Makes connections of one purpose.
pub(crate) struct Manager {
    pub(crate) url: DatabaseUrl,
    pub(crate) purpose: Purpose,
    #[cfg(feature = "postgres")]
    pub(crate) prepared_statements: bool,
    #[cfg(feature = "postgres")]
    pub(crate) statement_timeout: std::time::Duration,
    pub(crate) statements: Option<StatementLog>,
}

/// A connection as r2d2 keeps it.
pub(crate) struct Link {
    pub(crate) conn: Conn,
    /// Broken or too old: r2d2 closes it when it is given back, and makes another.
    pub(crate) spent: bool,
}

/// Why a connection could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Not reachable, or refused.
    #[error("the database cannot be reached: {0}")]
    Establish(#[from] diesel::ConnectionError),
    /// Reachable, but refused to be set up.
    #[error("the connection cannot be set up: {0}")]
    SetUp(#[from] diesel::result::Error),
    /// The server found is a standby, which takes no writes.
    #[error("the database server is a standby and takes no writes")]
    Standby,
    /// A fresh database in memory could not be migrated.
    #[error(transparent)]
    Migrate(#[from] Box<migrate::MigrateError>),
}

impl r2d2::ManageConnection for Manager {
    type Connection = Link;
    type Error = ConnectError;

    fn connect(&self) -> Result<Link, ConnectError> {
        let mut conn = match &self.url {
            DatabaseUrl::SqliteFile(path) => self.sqlite(path)?,
            DatabaseUrl::SqliteMemory => self.sqlite(":memory:")?,
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(url) => self.postgres(url)?,
            #[cfg(not(feature = "postgres"))]
            DatabaseUrl::Postgres(_) => {
                return Err(diesel::ConnectionError::BadConnection(
                    "PostgreSQL is left out of this build".into(),
                )
                .into());
            }
        };
        if self.statements.is_some() {
            statements::watch(&mut conn);
        }
        Ok(Link { conn, spent: false })
    }

    /// Never asked: a check before each unit would cost a third of the reads, so errors and age end a connection.
    fn is_valid(&self, link: &mut Link) -> Result<(), ConnectError> {
        Ok(link.conn.batch("SELECT 1")?)
    }

    fn has_broken(&self, link: &mut Link) -> bool {
        link.spent
    }
}

impl Manager {
    fn sqlite(&self, path: &str) -> Result<Conn, ConnectError> {
        let mut conn = SqliteConnection::establish(path)?;
        conn.batch_execute(SQLITE_SET_UP)?;
        match self.purpose {
            Purpose::Reading => conn.batch_execute("PRAGMA query_only = ON")?,
            Purpose::Writing | Purpose::Both => {}
        }
        let mut conn = Conn::Sqlite(conn);
        if self.url == DatabaseUrl::SqliteMemory {
            migrate::run_on(&mut conn).map_err(Box::new)?;
        }
        Ok(conn)
    }

    #[cfg(feature = "postgres")]
    fn postgres(&self, url: &str) -> Result<Conn, ConnectError> {
        use diesel::RunQueryDsl;

        let mut conn = PgConnection::establish(&with_connect_timeout(url))?;
        if self.purpose == Purpose::Writing {
            // After a fail-over the old primary still answers; writers must not settle there.
            let primary =
                diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>("NOT pg_is_in_recovery()"));
            if !primary.get_result::<bool>(&mut conn)? {
                return Err(ConnectError::Standby);
            }
        }
        if self.prepared_statements {
            let millis = self.statement_timeout.as_millis();
            // Compiling a plan takes longer than any of these statements runs.
            conn.batch_execute(&format!(
                "SET statement_timeout = {millis}; SET TimeZone = 'UTC'; SET jit = off"
            ))?;
            if self.purpose == Purpose::Reading {
                conn.batch_execute("SET default_transaction_read_only = on")?;
            }
        } else {
            // Behind a pooler a setting of the session lands on whoever gets the server connection next, so the
            // transactions carry them.
            conn.set_prepared_statement_cache_size(diesel::connection::CacheSize::Disabled);
        }
        Ok(Conn::Pg(conn))
    }
}

/// `busy_timeout` first, because the others may have to wait. The writes are durable (`FULL`): under group commit that
/// costs nothing. Mapped pages and page caches are the process's memory once for each connection, so both are small: the
/// rest is read from the system's cache for little more.
const SQLITE_SET_UP: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA mmap_size = 16777216;
    PRAGMA cache_size = -8192;
";

/// An address that drops packets would else hold a connection attempt for minutes, beyond the return of the database.
#[cfg(feature = "postgres")]
pub(crate) fn with_connect_timeout(url: &str) -> String {
    if url.contains("connect_timeout=") {
        return url.to_owned();
    }
    let separator = if url.contains('?') { '&' } else { '?' };
    format!("{url}{separator}connect_timeout=2")
}
