//! What several tests need.

use chrono::{DateTime, TimeDelta};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use madang_domain::ctx::Timestamp;
use madang_domain::idempotency::{KeptAnswer, RequestKey};
use madang_domain::store::{Store, StoreError, UnitOfWork};
use madang_testkit::{DatabaseKind, TestDatabase};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

pub(crate) const DIGEST: [u8; 32] = [7; 32];

/// A key that differs by `n`.
pub(crate) fn key(n: u32) -> RequestKey {
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&n.to_be_bytes());
    RequestKey(bytes)
}

pub(crate) fn noon() -> Timestamp {
    DateTime::from_timestamp(1_772_420_400, 123_456_000).unwrap()
}

pub(crate) fn claim(uow: &mut dyn UnitOfWork, n: u32) -> Result<Option<KeptAnswer>, StoreError> {
    uow.idempotency().claim(key(n), DIGEST, noon(), noon() + TimeDelta::hours(24))
}

/// Whether `n` is claimed. Leaves nothing behind, because the asking unit is rolled back.
pub(crate) fn is_claimed(store: &(dyn Store + 'static), n: u32) -> bool {
    enum Answer {
        Claimed(bool),
        Failed(StoreError),
    }
    impl From<StoreError> for Answer {
        fn from(error: StoreError) -> Self {
            Self::Failed(error)
        }
    }
    let asked: Result<(), Answer> =
        store.write_blocking(move |uow| Err(Answer::Claimed(claim(uow, n)?.is_some())));
    match asked {
        Err(Answer::Claimed(claimed)) => claimed,
        Err(Answer::Failed(error)) => panic!("{error:?}"),
        Ok(()) => unreachable!(),
    }
}

/// Holds units where a test wants them.
#[derive(Clone)]
pub(crate) struct Gate {
    entered: Arc<Mutex<Sender<()>>>,
    opened: Arc<Mutex<Receiver<()>>>,
}

/// The test's side of a [`Gate`].
pub(crate) struct Keeper {
    entered: Receiver<()>,
    open: Sender<()>,
}

pub(crate) fn gate() -> (Gate, Keeper) {
    let (entered_in, entered) = channel();
    let (open, opened) = channel();
    let gate = Gate { entered: Arc::new(Mutex::new(entered_in)), opened: Arc::new(Mutex::new(opened)) };
    (gate, Keeper { entered, open })
}

impl Gate {
    /// Tells the keeper and waits until the gate is open; it stays open then.
    pub(crate) fn pass(&self) {
        let _ = self.entered.lock().unwrap().send(());
        let _ = self.opened.lock().unwrap().recv();
    }
}

impl Keeper {
    pub(crate) fn wait_until_entered(&self) {
        self.entered.recv().unwrap();
    }

    pub(crate) fn open(self) {
        drop(self.open);
    }
}

/// Runs `sql` on a connection of its own, past the store.
pub(crate) fn execute(database: &TestDatabase, sql: &str) {
    match database.kind() {
        #[cfg(feature = "postgres")]
        DatabaseKind::Postgres => {
            diesel::pg::PgConnection::establish(&database.url_text()).unwrap().batch_execute(sql).unwrap();
        }
        _ => {
            let path = database.url_text();
            let path = path.strip_prefix("sqlite:").unwrap_or(&path);
            SqliteConnection::establish(path).unwrap().batch_execute(sql).unwrap();
        }
    }
}
