//! Which statements a unit sent, for tests that count them. Costs nothing unless a store is opened with a log.

use crate::connection::Conn;
use diesel::connection::{Connection, Instrumentation, InstrumentationEvent};
use madang_domain::store::Access;
use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

/// The statements of one run of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitStatements {
    /// What the unit asked the store for.
    pub access: Access,
    /// The SQL, in order, without the begin and end of transactions and savepoints.
    pub statements: Vec<String>,
}

/// Collects [`UnitStatements`]; clones share one list.
#[derive(Clone, Debug, Default)]
pub struct StatementLog(Arc<Mutex<Vec<UnitStatements>>>);

impl StatementLog {
    /// Takes what was collected since the last call, in the order in which units ended.
    pub fn take(&self) -> Vec<UnitStatements> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

thread_local! {
    /// The statements of the unit that this thread is running; `None` when nobody asks.
    static CURRENT: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Runs `unit`, noting its statements when there is a log.
pub(crate) fn noting<T>(log: Option<&StatementLog>, access: Access, unit: impl FnOnce() -> T) -> T {
    let Some(log) = log else { return unit() };
    CURRENT.set(Some(Vec::new()));
    let value = unit();
    let statements = CURRENT.take().unwrap_or_default();
    log.0.lock().unwrap_or_else(PoisonError::into_inner).push(UnitStatements { access, statements });
    value
}

/// Makes `conn` tell its statements.
pub(crate) fn watch(conn: &mut Conn) {
    match conn {
        Conn::Sqlite(c) => c.set_instrumentation(Watcher),
        #[cfg(feature = "postgres")]
        Conn::Pg(c) => c.set_instrumentation(Watcher),
    }
}

struct Watcher;

impl Instrumentation for Watcher {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        let InstrumentationEvent::StartQuery { query, .. } = event else { return };
        CURRENT.with_borrow_mut(|current| {
            let Some(statements) = current else { return };
            let sql = query.to_string();
            if !FRAME.iter().any(|word| sql.starts_with(word)) {
                statements.push(sql);
            }
        });
    }
}

/// How statements of transactions begin.
const FRAME: [&str; 5] = ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"];
