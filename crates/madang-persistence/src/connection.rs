//! One connection to either database, and the macro that writes each query once.

mod manager;

pub use manager::ConnectError;
#[cfg(feature = "postgres")]
pub(crate) use manager::with_connect_timeout;
pub(crate) use manager::{Manager, Purpose};

use crate::errors::{Fault, fault_on_sqlite, store_error};
use diesel::QueryResult;
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::result::Error as DieselError;
use diesel::sqlite::SqliteConnection;
use madang_domain::store::{Access, StoreError};

#[cfg(feature = "postgres")]
use diesel::pg::PgConnection;

/// A connection.
#[allow(clippy::large_enum_variant, reason = "there are a dozen of them, each in one place for long")]
pub(crate) enum Conn {
    /// To a SQLite database.
    Sqlite(SqliteConnection),
    /// To a PostgreSQL database.
    #[cfg(feature = "postgres")]
    Pg(PgConnection),
}

/// Runs an ordinary Diesel body on the unit's connection, expanded once per database, and judges its errors:
/// `run!(self, |c| posts::table.find(uid(id)).first::<PostRow>(c).optional())?`.
///
/// The body is a `QueryResult<T>` and may use `?` on such; the whole is a `Result<T, StoreError>`.
macro_rules! run {
    ($uow:expr, |$c:ident| $body:expr) => {{
        let result = match &mut *$uow.conn {
            $crate::connection::Conn::Sqlite($c) => $crate::connection::attempt(|| $body),
            #[cfg(feature = "postgres")]
            $crate::connection::Conn::Pg($c) => $crate::connection::attempt(|| $body),
        };
        $uow.judge(result)
    }};
}
pub(crate) use run;

/// Gives `?` in a body of [`run!`] its place to return to.
pub(crate) fn attempt<T>(body: impl FnOnce() -> QueryResult<T>) -> QueryResult<T> {
    body()
}

/// Runs the same on both without judging, for the store itself.
macro_rules! each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            Conn::Sqlite($c) => $body,
            #[cfg(feature = "postgres")]
            Conn::Pg($c) => $body,
        }
    };
}

impl Conn {
    /// Begins a transaction with `sql`; none may be open.
    pub(crate) fn begin_with(&mut self, sql: &str) -> QueryResult<()> {
        each!(self, |c| AnsiTransactionManager::begin_transaction_sql(c, sql))
    }

    /// Begins a transaction, or a savepoint within one.
    pub(crate) fn begin(&mut self) -> QueryResult<()> {
        each!(self, |c| AnsiTransactionManager::begin_transaction(c))
    }

    /// Ends the innermost transaction or savepoint, keeping what it wrote.
    pub(crate) fn commit(&mut self) -> QueryResult<()> {
        each!(self, |c| AnsiTransactionManager::commit_transaction(c))
    }

    /// Ends the innermost transaction or savepoint, undoing what it wrote.
    pub(crate) fn roll_back(&mut self) -> QueryResult<()> {
        each!(self, |c| AnsiTransactionManager::rollback_transaction(c))
    }

    /// Undoes all that is open; whether the connection is clean then.
    pub(crate) fn roll_back_all(&mut self) -> bool {
        loop {
            match self.roll_back() {
                Ok(()) => {}
                Err(DieselError::NotInTransaction) => return true,
                Err(_) => return false,
            }
        }
    }

    /// Runs statements that bind and answer nothing.
    pub(crate) fn batch(&mut self, sql: &str) -> QueryResult<()> {
        each!(self, |c| c.batch_execute(sql))
    }

    /// What `error` of this connection means to a unit.
    pub(crate) fn fault(&self, access: Access, error: &DieselError) -> Fault {
        match self {
            Self::Sqlite(_) => fault_on_sqlite(error),
            #[cfg(feature = "postgres")]
            Self::Pg(_) => crate::errors::fault_on_postgres(error, access),
        }
    }

    /// `error` as the domain knows it.
    pub(crate) fn store_error(&self, access: Access, error: DieselError) -> StoreError {
        store_error(self.fault(access, &error), error)
    }
}
