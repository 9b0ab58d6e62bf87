//! A server in this process, on a database of its own.

use crate::admin;
use crate::client::Client;
use crate::clock::SteppedClock;
use crate::config::Config;
use crate::mailbox::Mailbox;
use crate::person::Person;
use madang::world::SystemEntropy;
use madang::{App, Running, Settings, World};
use madang_domain::store::Store;
use madang_persistence::StatementLog;
use madang_testkit::{DatabaseKind, TestDatabase};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// Which database a server keeps its data in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file in the data directory.
    Sqlite,
    /// A database of the tests' own PostgreSQL.
    Postgres,
}

impl Kind {
    /// Whether this machine has it. Where PostgreSQL is missing, a line says what is left out.
    pub fn is_here(self) -> bool {
        match self {
            Self::Sqlite => true,
            Self::Postgres => TestDatabase::fresh(DatabaseKind::Postgres).is_some(),
        }
    }
}

/// A running server. Dropping it stops it; its data goes with its last node.
pub struct Server {
    running: Running,
    place: Arc<Place>,
    config: Config,
    clock: SteppedClock,
    statements: Option<StatementLog>,
}

/// What outlives a restart and is shared by nodes.
struct Place {
    folder: TempDir,
    mailbox: Mailbox,
    database: Option<TestDatabase>,
}

impl Place {
    #[expect(clippy::expect_used, reason = "a test cannot go on without a folder")]
    fn new(database: Option<TestDatabase>) -> Arc<Self> {
        let folder = tempfile::Builder::new().prefix("madang-").tempdir().expect("a temporary folder");
        let mailbox = Mailbox::new(folder.path().join("data/mail"));
        Arc::new(Self { folder, mailbox, database })
    }
}

impl Server {
    /// A server on a fresh database, migrated.
    ///
    /// # Panics
    /// When it does not start, or there is no such database.
    #[expect(clippy::expect_used, reason = "a test cannot go on without a server")]
    pub fn start(kind: Kind, config: Config) -> Self {
        let database = match kind {
            Kind::Sqlite => None,
            Kind::Postgres => Some(TestDatabase::fresh(DatabaseKind::Postgres).expect("PostgreSQL")),
        };
        Self::on(Place::new(database), config, SteppedClock::new(), None)
    }

    /// A server on a database that the test has made and minds itself; it is migrated.
    ///
    /// # Panics
    /// When it does not start.
    pub fn on_database(url: &str, config: Config) -> Self {
        Self::on(Place::new(None), config.with("database.url", url), SteppedClock::new(), None)
    }

    /// A server that collects the statements of its units; see [`take_statements`](Self::take_statements).
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub fn counting(kind: Kind, config: Config) -> Self {
        let Self { running, place, config, clock, .. } = Self::start(kind, config);
        drop(running);
        Self::on(place, config, clock, Some(StatementLog::default()))
    }

    /// A second node on the same PostgreSQL database, with the same keys, mails and clock.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub fn node(&self) -> Self {
        Self::on(Arc::clone(&self.place), self.config.clone(), self.clock.clone(), None)
    }

    /// The same server after its process was ended without notice and started again.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub fn restart(self) -> Self {
        let Self { running, place, config, clock, statements } = self;
        drop(running);
        Self::on(place, config, clock, statements)
    }

    /// The same server after it was stopped as by SIGTERM and started again.
    ///
    /// # Panics
    /// As [`start`](Self::start).
    pub fn restart_gently(self) -> Self {
        let Self { running, place, config, clock, statements } = self;
        running.stop();
        Self::on(place, config, clock, statements)
    }

    #[expect(clippy::expect_used, reason = "a test cannot go on without a server")]
    fn on(place: Arc<Place>, config: Config, clock: SteppedClock, statements: Option<StatementLog>) -> Self {
        let data_dir = place.folder.path().join("data").display().to_string();
        let mut whole = config.clone().with("data_dir", data_dir);
        if let Some(database) = &place.database {
            whole = whole.with("database.url", database.url_text());
        }
        let settings = Settings::from_toml(&whole.to_toml()).expect("settings that are accepted");
        let world = World {
            clock: Arc::new(clock.clone()),
            entropy: Arc::new(SystemEntropy),
            statements: statements.clone(),
        };
        let running = App::new(settings, world).auto_migrate(true).start_now().expect("a server that starts");
        Self { running, place, config, clock, statements }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.running.addr()
    }

    /// A caller without credentials.
    pub fn client(&self) -> Client {
        Client::new(self.address())
    }

    /// The mails that it has sent.
    pub fn mailbox(&self) -> &Mailbox {
        &self.place.mailbox
    }

    /// Its clock.
    pub fn clock(&self) -> &SteppedClock {
        &self.clock
    }

    /// Its store, for what no route shows.
    pub fn store(&self) -> &Arc<dyn Store> {
        self.running.store()
    }

    /// Where its database is, as settings spell it.
    pub fn database_url(&self) -> String {
        match &self.place.database {
            Some(database) => database.url_text(),
            None => format!("sqlite:{}", self.data_dir().join("madang.sqlite3").display()),
        }
    }

    /// Where its database, keys and mails are.
    pub fn data_dir(&self) -> PathBuf {
        self.place.folder.path().join("data")
    }

    /// Reads the keys file again, as on SIGHUP.
    ///
    /// # Panics
    /// When the file is refused.
    #[expect(clippy::expect_used, reason = "a test cannot go on with the old keys")]
    pub fn reload_keys(&self) {
        self.running.reload_keys().expect("keys that are accepted");
    }

    /// How many passwords it has hashed or checked, dummies included.
    pub fn password_hashes(&self) -> u64 {
        self.running.password_hash_total()
    }

    /// The statements of each unit since the last call.
    pub fn take_statements(&self) -> Vec<Vec<String>> {
        let units = self.statements.as_ref().map(StatementLog::take).unwrap_or_default();
        units.into_iter().map(|unit| unit.statements).collect()
    }

    /// A new admin, made as the operator makes one, logged in.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn admin(&self, username: &str) -> Person {
        admin::create(self, username)
    }

    /// Stops as SIGTERM does: what runs is finished. Blocks until then.
    pub fn stop(self) {
        self.running.stop();
    }
}
