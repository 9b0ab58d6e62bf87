//! Looking into a database past every port, and changing it: its columns, and everything that stands in them.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use diesel::sqlite::SqliteConnection;

/// One column of a migrated database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, QueryableByName)]
pub struct Column {
    /// Its table.
    #[diesel(sql_type = Text)]
    pub table_name: String,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub column_name: String,
    /// Whether it refers to a row of `users`.
    #[diesel(sql_type = Bool)]
    pub is_user: bool,
}

/// One value of a table: text as it is, bytes and ids in lower-case hexadecimal digits, instants as the database's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its table.
    pub table: String,
    /// Its column.
    pub column: String,
    /// What it holds.
    pub value: String,
}

#[derive(QueryableByName)]
struct Value {
    #[diesel(sql_type = Text)]
    value: String,
}

const SQLITE_COLUMNS: &str = "
    SELECT m.name AS table_name, p.name AS column_name,
        EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f WHERE f.\"from\" = p.name AND f.\"table\" = 'users')
            AS is_user
    FROM sqlite_schema m JOIN pragma_table_info(m.name) p
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND m.name NOT IN (SELECT l.name FROM pragma_table_list l WHERE l.type IN ('virtual', 'shadow'))
        AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'
    ORDER BY 1, 2";

#[cfg(feature = "postgres")]
const POSTGRES_COLUMNS: &str = "
    SELECT c.table_name::text, c.column_name::text,
        EXISTS (SELECT 1 FROM pg_constraint f
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey)
            WHERE f.contype = 'f' AND f.confrelid = 'users'::regclass
                AND f.conrelid = c.table_name::regclass AND a.attname = c.column_name) AS is_user
    FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND c.table_name NOT LIKE '\\_\\_%'
    ORDER BY 1, 2";

enum Open {
    Sqlite(SqliteConnection),
    #[cfg(feature = "postgres")]
    Postgres(diesel::PgConnection),
}

impl Open {
    fn at(url: &str) -> Self {
        match url.strip_prefix("sqlite:") {
            Some(path) => Self::Sqlite(SqliteConnection::establish(path).expect("the SQLite file opens")),
            #[cfg(feature = "postgres")]
            None => Self::Postgres(diesel::PgConnection::establish(url).expect("PostgreSQL answers")),
            #[cfg(not(feature = "postgres"))]
            None => panic!("there is no PostgreSQL in this build"),
        }
    }

    fn columns(&mut self) -> Vec<Column> {
        match self {
            Self::Sqlite(c) => diesel::sql_query(SQLITE_COLUMNS).load(c),
            #[cfg(feature = "postgres")]
            Self::Postgres(c) => diesel::sql_query(POSTGRES_COLUMNS).load(c),
        }
        .expect("the columns are listed")
    }

    fn values(&mut self, column: &Column) -> Vec<Value> {
        let Column { table_name, column_name, .. } = column;
        match self {
            Self::Sqlite(c) => diesel::sql_query(format!(
                "SELECT CASE typeof(\"{column_name}\") WHEN 'blob' THEN lower(hex(\"{column_name}\"))
                 ELSE CAST(\"{column_name}\" AS TEXT) END AS value
                 FROM \"{table_name}\" WHERE \"{column_name}\" IS NOT NULL"
            ))
            .load(c),
            #[cfg(feature = "postgres")]
            Self::Postgres(c) => diesel::sql_query(format!(
                "SELECT CASE pg_typeof(\"{column_name}\")::text
                    WHEN 'bytea' THEN substr(\"{column_name}\"::text, 3)
                    WHEN 'uuid' THEN replace(\"{column_name}\"::text, '-', '')
                    ELSE \"{column_name}\"::text END AS value
                 FROM \"{table_name}\" WHERE \"{column_name}\" IS NOT NULL"
            ))
            .load(c),
        }
        .unwrap_or_else(|error| panic!("{table_name}.{column_name}: {error}"))
    }
}

/// Every column of the database at `url` (`sqlite:PATH` or `postgres://…`), by table and name; what search indexes
/// are made of on SQLite excepted.
pub fn columns(url: &str) -> Vec<Column> {
    Open::at(url).columns()
}

/// Changes the database at `url` past every rule, beside a server that may be running.
pub fn change(url: &str, sql: &str) {
    match Open::at(url) {
        Open::Sqlite(mut c) => c.batch_execute(&format!("PRAGMA busy_timeout = 5000; {sql}")),
        #[cfg(feature = "postgres")]
        Open::Postgres(mut c) => c.batch_execute(sql),
    }
    .expect("the change is made");
}

/// Everything that stands in the database at `url`.
pub fn dump(url: &str) -> Vec<Cell> {
    let mut open = Open::at(url);
    let mut cells = Vec::new();
    for column in open.columns() {
        for Value { value } in open.values(&column) {
            let (table, column) = (column.table_name.clone(), column.column_name.clone());
            cells.push(Cell { table, column, value });
        }
    }
    cells
}
