//! Both databases have the same tables, columns, nullability and indexes.

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel::sqlite::SqliteConnection;
use madang_testkit::TestDatabase;
use std::collections::BTreeSet;

/// One fact of a schema, as a line.
#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    index_name: String,
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Text)]
    columns: String,
}

const SQLITE_COLUMNS: &str = "
    SELECT m.name AS table_name, p.name AS column_name, (p.\"notnull\" = 0) AS nullable
    FROM sqlite_schema m JOIN pragma_table_info(m.name) p
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'";

const POSTGRES_COLUMNS: &str = "
    SELECT table_name::text, column_name::text, is_nullable = 'YES' AS nullable
    FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'";

/// Only named indexes: those behind primary keys and unique constraints have names of the database's own making.
const SQLITE_INDEXES: &str = "
    SELECT m.name AS table_name, i.name AS index_name, i.\"unique\" AS is_unique,
        (SELECT group_concat(coalesce(x.name, 'expression'), ',') FROM pragma_index_info(i.name) x) AS columns
    FROM sqlite_schema m JOIN pragma_index_list(m.name) i
    WHERE m.type = 'table' AND i.origin = 'c' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'";

const POSTGRES_INDEXES: &str = "
    SELECT t.relname::text AS table_name, i.relname::text AS index_name, x.indisunique AS is_unique,
        (SELECT string_agg(coalesce(a.attname::text, 'expression'), ',' ORDER BY k.n)
            FROM unnest(x.indkey) WITH ORDINALITY AS k(attnum, n)
            LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum AND k.attnum > 0) AS columns
    FROM pg_index x
    JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_class t ON t.oid = x.indrelid
    JOIN pg_namespace s ON s.oid = t.relnamespace
    WHERE s.nspname = 'public' AND t.relname NOT LIKE '\\_\\_%'
        AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = x.indexrelid AND c.contype IN ('p', 'u'))";

fn lines(columns: Vec<Column>, indexes: Vec<Index>) -> BTreeSet<String> {
    let columns = columns
        .into_iter()
        .map(|it| format!("{}.{}{}", it.table_name, it.column_name, if it.nullable { " null" } else { "" }));
    let indexes = indexes.into_iter().map(|it| {
        format!(
            "{} on {}({}){}",
            it.index_name,
            it.table_name,
            it.columns,
            if it.is_unique { " unique" } else { "" }
        )
    });
    columns.chain(indexes).collect()
}

#[test]
fn both_databases_have_the_same_schema() {
    let sqlite = TestDatabase::sqlite_file();
    let Some(postgres) = TestDatabase::postgres() else { return };
    let mut conn = SqliteConnection::establish(sqlite.url_text().trim_start_matches("sqlite:")).unwrap();
    let on_sqlite = lines(
        diesel::sql_query(SQLITE_COLUMNS).load(&mut conn).unwrap(),
        diesel::sql_query(SQLITE_INDEXES).load(&mut conn).unwrap(),
    );
    let mut conn = PgConnection::establish(&postgres.url_text()).unwrap();
    let on_postgres = lines(
        diesel::sql_query(POSTGRES_COLUMNS).load(&mut conn).unwrap(),
        diesel::sql_query(POSTGRES_INDEXES).load(&mut conn).unwrap(),
    );
    // What holds the pairs of characters of the search index is each database's own.
    let shared = |line: &&String| !line.contains("grams");
    let only_sqlite: Vec<_> = on_sqlite.difference(&on_postgres).filter(shared).collect();
    let only_postgres: Vec<_> = on_postgres.difference(&on_sqlite).filter(shared).collect();
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "only on SQLite: {only_sqlite:#?}\nonly on PostgreSQL: {only_postgres:#?}"
    );
    assert!(on_sqlite.len() > 10);
}

#[test]
fn sqlite_tables_are_strict() {
    let sqlite = TestDatabase::sqlite_file();
    let mut conn = SqliteConnection::establish(sqlite.url_text().trim_start_matches("sqlite:")).unwrap();
    #[derive(QueryableByName)]
    struct Name {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let lax: Vec<Name> = diesel::sql_query(
        "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND NOT strict
         AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'",
    )
    .load(&mut conn)
    .unwrap();
    assert!(lax.is_empty(), "{:?}", lax.iter().map(|it| &it.name).collect::<Vec<_>>());
}
