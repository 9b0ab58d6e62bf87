//! What a failed statement means for the unit that ran it.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
#[cfg(feature = "postgres")]
use madang_domain::store::Access;
use madang_domain::store::StoreError;

/// How a statement failed, from the mildest to the gravest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    /// Wrong in itself: running the unit again would fail again.
    Failed,
    /// Another unit was in the way: running this one again may succeed.
    #[cfg(feature = "postgres")]
    Conflict,
    /// The connection is of no more use.
    Broken,
}

/// Judges an error of PostgreSQL.
#[cfg(feature = "postgres")]
pub(crate) fn fault_on_postgres(error: &DieselError, access: Access) -> Fault {
    use DatabaseErrorKind as Kind;
    match error {
        DieselError::BrokenTransactionManager => Fault::Broken,
        DieselError::DatabaseError(kind, information) => match kind {
            Kind::ClosedConnection | Kind::UnableToSendCommand => Fault::Broken,
            // A writer was demoted to a standby: the next connection may lead to its successor.
            Kind::ReadOnlyTransaction if access == Access::Write => Fault::Broken,
            Kind::SerializationFailure => Fault::Conflict,
            // The unit looked before it wrote, so another one came in between. On the next try it sees that one's row
            // and can answer as the rules say.
            Kind::UniqueViolation | Kind::ForeignKeyViolation => Fault::Conflict,
            // Diesel tells no SQLSTATE for a deadlock (40P01); the word is left as it is in the server's translations.
            Kind::Unknown if information.message().to_lowercase().contains("deadlock") => Fault::Conflict,
            Kind::Unknown if LOST.iter().any(|words| information.message().contains(words)) => Fault::Broken,
            _ => Fault::Failed,
        },
        _ => Fault::Failed,
    }
}

/// How libpq itself tells of a lost connection; it translates nothing unless the process sets a locale, which ours does
/// not.
#[cfg(feature = "postgres")]
const LOST: [&str; 6] = [
    "server closed the connection unexpectedly",
    "no connection to the server",
    "connection not open",
    "could not send data to server",
    "could not receive data from server",
    "SSL ",
];

/// Judges an error of SQLite, where one writer runs at a time and so nothing ever conflicts.
pub(crate) fn fault_on_sqlite(error: &DieselError) -> Fault {
    match error {
        DieselError::BrokenTransactionManager => Fault::Broken,
        _ => Fault::Failed,
    }
}

/// The error as the domain knows it, its chain kept for the log.
pub(crate) fn store_error(fault: Fault, error: DieselError) -> StoreError {
    match (fault, &error) {
        (Fault::Broken, _) => StoreError::Unavailable(Box::new(error)),
        (_, DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => StoreError::Busy,
        (_, DieselError::DatabaseError(DatabaseErrorKind::Unknown, information))
            if is_lock_error(information.message()) =>
        {
            StoreError::Busy
        }
        _ => StoreError::Internal(Box::new(error)),
    }
}

/// SQLite's words for a lock that another process holds, and a deadlock that did not end within the tries.
fn is_lock_error(message: &str) -> bool {
    matches!(message, "database is locked" | "database table is locked")
        || message.to_lowercase().contains("deadlock")
}
