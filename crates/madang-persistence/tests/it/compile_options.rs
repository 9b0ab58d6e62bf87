//! How SQLite was built.

use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::sqlite::SqliteConnection;

#[derive(QueryableByName)]
struct CompileOption {
    #[diesel(sql_type = Text)]
    compile_options: String,
}

#[test]
fn sqlite_keeps_plans_when_a_limit_changes() {
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let options: Vec<CompileOption> = diesel::sql_query("PRAGMA compile_options").load(&mut conn).unwrap();
    assert!(
        options.iter().any(|option| option.compile_options == "ENABLE_QPSG"),
        "without it every `.first()` is prepared anew: see .cargo/config.toml"
    );
}
