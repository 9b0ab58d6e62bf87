//! PostgreSQL for tests: which server, and one database a test.

mod cluster;
mod guardian;
mod locate;

pub use cluster::Cluster;

use diesel::connection::{Connection, SimpleConnection};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use madang_persistence::DatabaseUrl;
use madang_persistence::migrate::{self, Migrator};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A database of one test, dropped with this.
pub(crate) struct OwnDatabase {
    server: Server,
    name: String,
    url: String,
}

/// A server by the URL of its maintenance database.
#[derive(Clone)]
pub(crate) struct Server(String);

/// An hour: a test that made its database earlier than that has ended.
const ABANDONED_SECONDS: u64 = 3600;

/// A fresh database, or `None` where there is no PostgreSQL.
pub(crate) fn fresh(migrated: bool) -> Option<OwnDatabase> {
    let server = server()?.clone();
    let template = if migrated { server.template() } else { "template0".to_owned() };
    let name = own_name();
    server
        .admin()
        .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
        .expect("a fresh database");
    let url = server.url_of(&name);
    Some(OwnDatabase { server, name, url })
}

/// Names tell who made a database and when.
fn own_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let seconds = seconds_now();
    format!("madang_test_{seconds}_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn seconds_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

impl OwnDatabase {
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        // A test that stopped its server has nothing left to drop.
        if let Ok(mut admin) = PgConnection::establish(&self.server.0) {
            let _ = admin.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
    }
}

/// The server of this process; found or started once.
fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    SERVER.get_or_init(find_server).as_ref()
}

fn find_server() -> Option<Server> {
    if let Ok(url) = std::env::var("MADANG_TEST_POSTGRES_URL") {
        let server = Server(url);
        server.sweep();
        return Some(server);
    }
    match Cluster::shared() {
        Ok(cluster) => Some(Server(cluster.url("postgres"))),
        Err(reason) if std::env::var("MADANG_REQUIRE_POSTGRES").is_ok_and(|value| value == "1") => {
            panic!("PostgreSQL is required, but {reason}")
        }
        Err(reason) => {
            let test = std::thread::current().name().unwrap_or("a test").to_owned();
            eprintln!("left out on PostgreSQL: {test} ({reason})");
            None
        }
    }
}

impl Server {
    fn admin(&self) -> PgConnection {
        PgConnection::establish(&self.0).expect("the PostgreSQL server of the tests answers")
    }

    fn url_of(&self, database: &str) -> String {
        with_database(&self.0, database)
    }

    /// The name of a migrated database to clone; made by whoever needs it first.
    fn template(&self) -> String {
        static TEMPLATE: OnceLock<String> = OnceLock::new();
        TEMPLATE.get_or_init(|| self.make_template()).clone()
    }

    fn make_template(&self) -> String {
        let name = format!("madang_template_{}", migrate::FINGERPRINT);
        let mut admin = self.admin();
        // Held until this connection ends, so that one process makes it while the others wait.
        admin.batch_execute("SELECT pg_advisory_lock(7236838)").expect("a lock");
        let ready = diesel::sql_query(
            "SELECT count(*) AS n FROM pg_database WHERE datname = $1 AND NOT datallowconn",
        )
        .bind::<Text, _>(&name)
        .get_result::<Count>(&mut admin)
        .expect("the list of databases");
        if ready.n == 0 {
            // One that still allows connections was left unfinished.
            admin
                .batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                .expect("a clean start");
            admin.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template0")).expect("a template");
            let url = DatabaseUrl::Postgres(self.url_of(&name));
            Migrator::connect(&url).and_then(|mut it| it.run()).expect("the PostgreSQL migrations run");
            admin
                .batch_execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
                .expect("a sealed template");
        }
        name
    }

    /// Removes what tests that were killed have left on a server that outlives them.
    fn sweep(&self) {
        let mut admin = self.admin();
        let names = diesel::sql_query(
            "SELECT datname AS name FROM pg_database WHERE datname LIKE 'madang\\_test\\_%'",
        )
        .load::<Name>(&mut admin)
        .expect("the list of databases");
        let oldest = seconds_now().saturating_sub(ABANDONED_SECONDS);
        for Name { name } in names {
            let made = name.split('_').nth(2).and_then(|seconds| seconds.parse::<u64>().ok());
            if made.is_some_and(|made| made < oldest) {
                // Another process may be sweeping too.
                let _ = admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            }
        }
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// `url` with another database.
fn with_database(url: &str, database: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, String::new()), |(a, q)| (a, format!("?{q}")));
    let (scheme, rest) = address.split_once("://").unwrap_or(("postgres", address));
    let authority = rest.split_once('/').map_or(rest, |(authority, _)| authority);
    format!("{scheme}://{authority}/{database}{query}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_database_of_the_same_server() {
        let other = |url| with_database(url, "x");
        assert_eq!(
            other("postgres://u:p@db.example.test:5432/madang?sslmode=disable"),
            "postgres://u:p@db.example.test:5432/x?sslmode=disable"
        );
        assert_eq!(other("postgres:///postgres?host=/tmp/s"), "postgres:///x?host=/tmp/s");
        assert_eq!(other("postgres://db.example.test"), "postgres://db.example.test/x");
    }
}
