//! How SQLite was built.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

#[derive(QueryableByName)]
struct CompileOption {
    #[diesel(sql_type = Text)]
    compile_options: String,
}

/// What a build without the flags of `.cargo/config.toml` lacks, or has too much.
#[test]
fn sqlite_keeps_plans_when_a_limit_changes_and_threads_share_no_lock() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let options: Vec<CompileOption> = diesel::sql_query("PRAGMA compile_options").load(&mut conn).unwrap();
    let has = |name: &str| options.iter().any(|option| option.compile_options == name);
    assert!(has("ENABLE_QPSG"), "without it every `.first()` is prepared anew");
    assert!(!has("ENABLE_MEMORY_MANAGEMENT"), "with it all connections share one lock for their pages");
    assert!(has("DEFAULT_MEMSTATUS=0"), "without it all threads share one lock for their memory");
    assert!(has("THREADSAFE=2"), "without it each call takes a lock that nobody contends for");
}
