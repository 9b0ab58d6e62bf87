//! Whether a database is sound by itself, beneath all rules, and such as this works on.

use crate::url::DatabaseUrl;
use diesel::connection::{Connection, SimpleConnection};
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

#[cfg(feature = "postgres")]
use diesel::pg::PgConnection;

/// What `integrity_check` says of a damaged search index, which is made anew and not restored.
const OF_SEARCH: &str = "FTS5 table main.post_grams";

/// Every page, and every index against its table. One finding is enough for the remedy.
const PAGES: &str = "SELECT integrity_check AS line FROM pragma_integrity_check LIMIT 100";

/// References to rows that are not there, counted by table.
const LOOSE: &str = "
    SELECT count(*) || ' rows of ' || \"table\" || ' refer to rows of ' || parent || ' that are not there' AS line
    FROM pragma_foreign_key_check GROUP BY \"table\", parent ORDER BY \"table\", parent";

/// What the server has noticed by itself; its pages are not read here.
#[cfg(feature = "postgres")]
const NOTICED: &str = "
    SELECT 'checksums of ' || checksum_failures || ' pages were wrong' AS line
        FROM pg_stat_database WHERE datname = current_database() AND checksum_failures > 0
    UNION ALL SELECT 'the index ' || indexrelid::regclass || ' is not valid' FROM pg_index WHERE NOT indisvalid
    UNION ALL SELECT 'the constraint ' || conname || ' of ' || conrelid::regclass || ' is not valid'
        FROM pg_constraint WHERE NOT convalidated";

/// What of the server and its database does not fit. Text is compared after folding here, so that the order of its
/// characters there is of no matter.
#[cfg(feature = "postgres")]
const UNFIT: &str = "
    SELECT 'the server is PostgreSQL ' || current_setting('server_version') || '; move to 13 or later' AS line
        WHERE current_setting('server_version_num')::integer < 130000
    UNION ALL SELECT 'text is kept in ' || pg_encoding_to_char(encoding) || '; move into a database in UTF8'
        FROM pg_database WHERE datname = current_database() AND pg_encoding_to_char(encoding) <> 'UTF8'";

/// Why a database could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum IntegrityError {
    /// No connection.
    #[error("the database cannot be reached: {0}")]
    Connect(#[from] diesel::ConnectionError),
    /// It did not answer, because it is damaged too much for that, or because others are in the way.
    #[error("the database refused: {0}")]
    Statement(#[from] diesel::result::Error),
}

#[derive(QueryableByName)]
struct Finding {
    #[diesel(sql_type = Text)]
    line: String,
}

/// What is wrong with the database at `url` itself, in its own words; nothing of it is changed. On SQLite every page is
/// read, and every reference. PostgreSQL is asked only for what it has noticed.
///
/// # Errors
/// When the database cannot be asked; one that is damaged enough refuses.
pub fn list_damage(url: &DatabaseUrl) -> Result<Vec<String>, IntegrityError> {
    match url {
        DatabaseUrl::SqliteFile(path) => of_sqlite(path),
        // It ends with the process that made it.
        DatabaseUrl::SqliteMemory => Ok(Vec::new()),
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => ask(url, NOTICED),
        #[cfg(not(feature = "postgres"))]
        DatabaseUrl::Postgres(_) => {
            Err(diesel::ConnectionError::BadConnection("PostgreSQL is left out of this build".into()).into())
        }
    }
}

/// What about the database at `url` this cannot work on, with the remedy. SQLite is built in, and keeps any text.
///
/// # Errors
/// As [`list_damage`].
pub fn list_unfit(url: &DatabaseUrl) -> Result<Vec<String>, IntegrityError> {
    match url {
        #[cfg(feature = "postgres")]
        DatabaseUrl::Postgres(url) => ask(url, UNFIT),
        _ => Ok(Vec::new()),
    }
}

#[cfg(feature = "postgres")]
fn ask(url: &str, sql: &str) -> Result<Vec<String>, IntegrityError> {
    let mut conn = PgConnection::establish(&crate::connection::with_connect_timeout(url))?;
    Ok(lines(diesel::sql_query(sql).load(&mut conn)?))
}

fn of_sqlite(path: &str) -> Result<Vec<String>, IntegrityError> {
    let mut conn = SqliteConnection::establish(path)?;
    conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA query_only = ON")?;
    let mut damage = lines(diesel::sql_query(PAGES).load(&mut conn)?);
    damage.retain(|line| line != "ok" && !line.contains(OF_SEARCH));
    // References cannot be followed through pages that are wrong.
    if damage.is_empty() {
        damage = lines(diesel::sql_query(LOOSE).load(&mut conn)?);
    }
    Ok(damage)
}

fn lines(findings: Vec<Finding>) -> Vec<String> {
    findings.into_iter().map(|finding| finding.line).collect()
}
