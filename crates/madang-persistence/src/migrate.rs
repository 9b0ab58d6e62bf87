//! The schema's versions, embedded in the binary, one folder per database with the same names.

use crate::connection::Conn;
use crate::url::DatabaseUrl;
use diesel::connection::{Connection, SimpleConnection};
use diesel::migration::{Migration, MigrationSource};
use diesel::sqlite::{Sqlite, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

#[cfg(feature = "postgres")]
use diesel::pg::{Pg, PgConnection};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
#[cfg(feature = "postgres")]
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Changes with every change of any migration.
pub const FINGERPRINT: &str = env!("MADANG_MIGRATIONS");

/// Two processes that start at once must not both migrate; Diesel takes no lock of its own.
#[cfg(feature = "postgres")]
const LOCK: &str = "SELECT pg_advisory_lock(5548434740920451073)";

/// Why migrations failed.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// No connection.
    #[error("the database cannot be reached: {0}")]
    Connect(#[from] diesel::ConnectionError),
    /// A statement outside the migrations failed.
    #[error("the database refused: {0}")]
    Statement(#[from] diesel::result::Error),
    /// A migration failed; those before it are kept.
    #[error("a migration failed: {0}")]
    Migration(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// One migration and whether the database has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationStatus {
    /// Stamp and name, as the folder is called.
    pub name: String,
    /// Whether it has been run.
    pub applied: bool,
}

/// A connection of its own for changing the schema.
pub struct Migrator(Conn);

impl Migrator {
    /// Connects; behind a pooler this must be the direct address, because the lock belongs to the session.
    pub fn connect(url: &DatabaseUrl) -> Result<Self, MigrateError> {
        match url {
            DatabaseUrl::SqliteFile(path) => Self::sqlite(path),
            DatabaseUrl::SqliteMemory => Self::sqlite(":memory:"),
            #[cfg(feature = "postgres")]
            DatabaseUrl::Postgres(url) => {
                let url = crate::connection::with_connect_timeout(url);
                Ok(Self(Conn::Pg(PgConnection::establish(&url)?)))
            }
            #[cfg(not(feature = "postgres"))]
            DatabaseUrl::Postgres(_) => {
                Err(diesel::ConnectionError::BadConnection("PostgreSQL is left out of this build".into())
                    .into())
            }
        }
    }

    fn sqlite(path: &str) -> Result<Self, MigrateError> {
        let mut conn = SqliteConnection::establish(path)?;
        conn.batch_execute(
            "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON",
        )?;
        Ok(Self(Conn::Sqlite(conn)))
    }

    /// Runs what is pending; answers the names, in order.
    pub fn run(&mut self) -> Result<Vec<String>, MigrateError> {
        run_on(&mut self.0)
    }

    /// Takes the last `count` migrations back; answers the names, in order.
    pub fn revert(&mut self, count: usize) -> Result<Vec<String>, MigrateError> {
        let revert = |conn: &mut Conn| (0..count).map_while(|_| revert_last(conn).transpose()).collect();
        locked(&mut self.0, revert)
    }

    /// The names that are not run yet, in order.
    pub fn pending(&mut self) -> Result<Vec<String>, MigrateError> {
        let status = self.status()?;
        Ok(status
            .into_iter()
            .filter(|migration| !migration.applied)
            .map(|migration| migration.name)
            .collect())
    }

    /// Every embedded migration, in order.
    pub fn status(&mut self) -> Result<Vec<MigrationStatus>, MigrateError> {
        let (names, pending) = match &mut self.0 {
            Conn::Sqlite(c) => (
                names(MigrationSource::<Sqlite>::migrations(&SQLITE).map_err(MigrateError::Migration)?),
                names(c.pending_migrations(SQLITE).map_err(MigrateError::Migration)?),
            ),
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => (
                names(MigrationSource::<Pg>::migrations(&POSTGRES).map_err(MigrateError::Migration)?),
                names(c.pending_migrations(POSTGRES).map_err(MigrateError::Migration)?),
            ),
        };
        let status = |name: String| MigrationStatus { applied: !pending.contains(&name), name };
        Ok(names.into_iter().map(status).collect())
    }
}

/// Runs what is pending on `conn`.
pub(crate) fn run_on(conn: &mut Conn) -> Result<Vec<String>, MigrateError> {
    locked(conn, |conn| {
        let mut done = Vec::new();
        while let Some(name) = run_next(conn)? {
            tracing::info!(migration = name, "migrated");
            done.push(name);
        }
        Ok(done)
    })
}

fn run_next(conn: &mut Conn) -> Result<Option<String>, MigrateError> {
    match conn {
        Conn::Sqlite(c) => match c.pending_migrations(SQLITE).map_err(MigrateError::Migration)?.first() {
            Some(next) => c.run_migration(next).map(|_| Some(next.name().to_string())),
            None => Ok(None),
        },
        #[cfg(feature = "postgres")]
        Conn::Pg(c) => match c.pending_migrations(POSTGRES).map_err(MigrateError::Migration)?.first() {
            Some(next) => c.run_migration(next).map(|_| Some(next.name().to_string())),
            None => Ok(None),
        },
    }
    .map_err(MigrateError::Migration)
}

fn revert_last(conn: &mut Conn) -> Result<Option<String>, MigrateError> {
    let reverted = match conn {
        Conn::Sqlite(c) => match c.applied_migrations().map_err(MigrateError::Migration)?.is_empty() {
            true => return Ok(None),
            false => c.revert_last_migration(SQLITE),
        },
        #[cfg(feature = "postgres")]
        Conn::Pg(c) => match c.applied_migrations().map_err(MigrateError::Migration)?.is_empty() {
            true => return Ok(None),
            false => c.revert_last_migration(POSTGRES),
        },
    };
    reverted.map(|version| Some(version.to_string())).map_err(MigrateError::Migration)
}

/// Runs `work` while no other process changes the schema. A SQLite file belongs to one process already.
fn locked<T>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, MigrateError>,
) -> Result<T, MigrateError> {
    match conn {
        Conn::Sqlite(_) => work(conn),
        #[cfg(feature = "postgres")]
        Conn::Pg(c) => {
            c.batch_execute(LOCK)?;
            let done = work(conn);
            conn.batch("SELECT pg_advisory_unlock_all()")?;
            done
        }
    }
}

fn names<DB: diesel::backend::Backend>(migrations: Vec<Box<dyn Migration<DB>>>) -> Vec<String> {
    let mut names: Vec<String> = migrations.iter().map(|migration| migration.name().to_string()).collect();
    names.sort();
    names
}
