//! Databases for one test each.

use crate::store::TestStore;
use madang_persistence::migrate::Migrator;
use madang_persistence::{DatabaseUrl, DieselStore, Options};
use tempfile::TempDir;

/// The kinds of databases that Madang runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseKind {
    /// A SQLite file.
    SqliteFile,
    /// SQLite in memory.
    SqliteMemory,
    /// PostgreSQL.
    Postgres,
}

/// A fresh, migrated database, gone when this is dropped. Close stores on it before.
pub struct TestDatabase {
    kind: DatabaseKind,
    url: DatabaseUrl,
    _gone_at_the_end: Keeper,
}

#[allow(dead_code, reason = "what is inside acts when it is dropped")]
enum Keeper {
    Nothing,
    Folder(TempDir),
    #[cfg(feature = "postgres")]
    Postgres(crate::postgres::OwnDatabase),
}

impl TestDatabase {
    /// SQLite in memory: the fastest, for use cases. It is migrated by the store that opens it, and gone with that.
    pub fn sqlite_memory() -> Self {
        Self {
            kind: DatabaseKind::SqliteMemory,
            url: DatabaseUrl::SqliteMemory,
            _gone_at_the_end: Keeper::Nothing,
        }
    }

    /// A SQLite file in a folder of its own.
    pub fn sqlite_file() -> Self {
        let database = Self::empty_sqlite_file();
        database.migrator().run().expect("the SQLite migrations run");
        database
    }

    /// A SQLite file that is still to be made and migrated.
    pub fn empty_sqlite_file() -> Self {
        let folder = tempfile::Builder::new().prefix("madang-").tempdir().expect("a temporary folder");
        let path = folder.path().join("madang.sqlite3").display().to_string();
        Self {
            kind: DatabaseKind::SqliteFile,
            url: DatabaseUrl::SqliteFile(path),
            _gone_at_the_end: Keeper::Folder(folder),
        }
    }

    /// A PostgreSQL database, cloned from a migrated template; `None` where there is no PostgreSQL.
    #[cfg(feature = "postgres")]
    pub fn postgres() -> Option<Self> {
        crate::postgres::fresh(true).map(Self::of_postgres)
    }

    /// A PostgreSQL database without tables; `None` where there is no PostgreSQL.
    #[cfg(feature = "postgres")]
    pub fn empty_postgres() -> Option<Self> {
        crate::postgres::fresh(false).map(Self::of_postgres)
    }

    #[cfg(feature = "postgres")]
    fn of_postgres(own: crate::postgres::OwnDatabase) -> Self {
        let url = DatabaseUrl::Postgres(own.url().to_owned());
        Self { kind: DatabaseKind::Postgres, url, _gone_at_the_end: Keeper::Postgres(own) }
    }

    /// A database of `kind`; `None` where there is no PostgreSQL and that was asked for.
    pub fn fresh(kind: DatabaseKind) -> Option<Self> {
        match kind {
            DatabaseKind::SqliteFile => Some(Self::sqlite_file()),
            DatabaseKind::SqliteMemory => Some(Self::sqlite_memory()),
            #[cfg(feature = "postgres")]
            DatabaseKind::Postgres => Self::postgres(),
            #[cfg(not(feature = "postgres"))]
            DatabaseKind::Postgres => None,
        }
    }

    /// The kind.
    pub fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// Where it is.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// The URL as settings spell it.
    pub fn url_text(&self) -> String {
        match &self.url {
            DatabaseUrl::SqliteFile(path) => format!("sqlite:{path}"),
            DatabaseUrl::SqliteMemory => "sqlite::memory:".to_owned(),
            DatabaseUrl::Postgres(url) => url.clone(),
        }
    }

    /// Changes the schema.
    pub fn migrator(&self) -> Migrator {
        Migrator::connect(&self.url).expect("the test database is reachable")
    }

    /// Options for a store here: the defaults with fewer threads.
    pub fn options(&self) -> Options {
        Options { readers: 2, writers: 4, ..Options::new(self.url.clone()) }
    }

    /// A store here, which takes the database with it.
    pub fn store(self) -> TestStore {
        let options = self.options();
        self.store_with(options)
    }

    /// A store here with `options`.
    pub fn store_with(self, options: Options) -> TestStore {
        let store = DieselStore::open(options).expect("the test database opens");
        TestStore::new(store, self)
    }
}

/// Makes a test of each kind of database out of one body: `name::on_sqlite` and `name::on_postgres`. The body gets a fresh
/// [`TestDatabase`].
#[macro_export]
macro_rules! on_each_database {
    ($($(#[doc = $doc:literal])* fn $name:ident($database:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "a body may need nothing of its surroundings")]
            use super::*;

            $(#[doc = $doc])*
            fn body($database: $crate::TestDatabase) $body

            #[test]
            fn on_sqlite() {
                body($crate::TestDatabase::sqlite_file());
            }

            #[test]
            fn on_postgres() {
                if let Some(database) = $crate::TestDatabase::fresh($crate::DatabaseKind::Postgres) {
                    body(database);
                }
            }
        }
    )*};
}
