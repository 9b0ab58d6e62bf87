//! Group commit.

use crate::support::{claim, gate, is_claimed};
use madang_domain::store::{Store, StoreError, UnitOfWork};
use madang_testkit::TestDatabase;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

#[derive(Debug)]
enum Refused {
    ByRule,
    ByStore,
}

impl From<StoreError> for Refused {
    fn from(_: StoreError) -> Self {
        Self::ByStore
    }
}

type Queued = Box<dyn Fn(&mut dyn UnitOfWork) -> Result<(), Refused> + Send>;

/// Units that share a batch with one that fails and one that panics are committed, each once, after a second run.
#[test]
fn a_batch_survives_a_refusal_and_a_panic_in_it() {
    let store = TestDatabase::sqlite_file().store();
    let shared: Arc<dyn Store> = store.shared();
    let (gate, keeper) = gate();
    let runs = Arc::new(AtomicU32::new(0));
    thread::scope(|scope| {
        let first = shared.clone();
        scope.spawn(move || {
            first.write_blocking::<_, StoreError, _>(move |_| {
                gate.pass();
                Ok(())
            })
        });
        keeper.wait_until_entered();
        let mut queued = 0;
        let mut submit = |unit: Queued| {
            let shared = shared.clone();
            let handle = scope.spawn(move || shared.write_blocking(move |uow| unit(uow)));
            queued += 1;
            while store.diesel().waiting() < queued {
                thread::sleep(Duration::from_millis(1));
            }
            handle
        };
        let counted = runs.clone();
        let kept = submit(Box::new(move |uow| {
            counted.fetch_add(1, Ordering::Relaxed);
            assert!(claim(uow, 1)?.is_none(), "a run that was undone has left nothing");
            Ok(())
        }));
        let refused = submit(Box::new(|uow| {
            claim(uow, 2)?;
            Err(Refused::ByRule)
        }));
        let dead = submit(Box::new(|uow| {
            claim(uow, 3)?;
            panic!("on purpose")
        }));
        let behind = submit(Box::new(|uow| claim(uow, 4).map(drop).map_err(Refused::from)));
        keeper.open();
        assert!(kept.join().unwrap().is_ok());
        assert!(matches!(refused.join().unwrap(), Err(Refused::ByRule)));
        assert!(matches!(dead.join().unwrap(), Err(Refused::ByStore)));
        assert!(behind.join().unwrap().is_ok());
    });
    assert_eq!(runs.load(Ordering::Relaxed), 2, "the units shared one batch");
    assert_eq!([1, 2, 3, 4].map(|n| is_claimed(&*store, n)), [true, false, false, true]);
}

/// What was answered is in the file, for another connection to see.
#[test]
fn an_answer_comes_after_the_commit() {
    let database = TestDatabase::sqlite_file();
    let url = database.url().clone();
    let store = database.store();
    for n in 0..50 {
        store.write_blocking::<_, StoreError, _>(move |uow| claim(uow, n)).unwrap();
        let other = madang_persistence::DieselStore::open(madang_persistence::Options {
            readers: 1,
            ..madang_persistence::Options::new(url.clone())
        });
        if n % 10 == 0 {
            let other: Box<dyn Store> = Box::new(other.unwrap());
            assert!(is_claimed(&*other, n));
        }
    }
}

#[test]
fn closing_moves_the_write_ahead_log_into_the_file() {
    let database = TestDatabase::sqlite_file();
    let log = format!("{}-wal", database.url_text().trim_start_matches("sqlite:"));
    let store = database.store();
    store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap();
    store.diesel().close();
    assert_eq!(std::fs::metadata(log).map_or(0, |file| file.len()), 0);
}
