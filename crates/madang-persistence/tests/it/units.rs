//! What every unit of work may rely on.

use crate::support::{claim, gate, is_claimed};
use madang_domain::store::{Outcome, Store, StoreError, Topic};
use madang_persistence::{Options, StatementLog};
use madang_testkit::{TestDatabase, on_each_database};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// The error of a test's unit.
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

on_each_database! {
    fn a_unit_that_fails_leaves_nothing(database) {
        let store = database.store();
        let refused = store.write_blocking(|uow| {
            claim(uow, 1)?;
            Err::<(), _>(Refused::ByRule)
        });
        assert!(matches!(refused, Err(Refused::ByRule)));
        assert!(!is_claimed(&*store, 1));
    }

    fn a_part_is_undone_by_itself(database) {
        let store = database.store();
        store
            .write_blocking::<_, StoreError, _>(|uow| {
                claim(uow, 1)?;
                uow.part(&mut |uow| {
                    let _ = claim(uow, 2);
                    Outcome::RollBack
                })?;
                uow.part(&mut |uow| {
                    let _ = claim(uow, 3);
                    Outcome::Commit
                })
            })
            .unwrap();
        assert_eq!([1, 2, 3].map(|n| is_claimed(&*store, n)), [true, false, true]);
    }

    fn a_read_unit_cannot_write(database) {
        let store = database.store();
        let written = store.read_blocking::<_, StoreError, _>(|uow| claim(uow, 1));
        assert!(matches!(written, Err(StoreError::Internal(_))), "{written:?}");
        assert!(!is_claimed(&*store, 1));
        let exclusive = store.read_blocking::<_, StoreError, _>(|uow| uow.exclusive(Topic::Admins));
        assert!(matches!(exclusive, Err(StoreError::Internal(_))));
    }

    fn a_panic_costs_its_own_unit_only(database) {
        let store = database.store();
        for _ in 0..10 {
            let dead = store.write_blocking::<(), StoreError, _>(|uow| {
                claim(uow, 1)?;
                panic!("on purpose")
            });
            assert!(matches!(dead, Err(StoreError::Internal(cause)) if cause.to_string().contains("on purpose")));
            let dead = store.read_blocking::<(), StoreError, _>(|_| panic!("on purpose"));
            assert!(matches!(dead, Err(StoreError::Internal(_))));
        }
        assert!(!is_claimed(&*store, 1));
        store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap();
        assert!(is_claimed(&*store, 1));
    }

    fn con_12_a_full_queue_answers_busy_at_once(database) {
        let options = Options { writers: 1, queue_max: 2, ..database.options() };
        let store = database.store_with(options);
        let (gate, keeper) = gate();
        let shared = store.shared();
        thread::scope(|scope| {
            scope.spawn({
                let shared = shared.clone();
                move || shared.write_blocking::<_, StoreError, _>(move |_| { gate.pass(); Ok(()) }).unwrap()
            });
            keeper.wait_until_entered();
            let waiting: Vec<_> = (0..2)
                .map(|n| {
                    let shared = shared.clone();
                    scope.spawn(move || shared.write_blocking::<_, StoreError, _>(move |uow| claim(uow, n)))
                })
                .collect();
            while store.diesel().waiting() < 2 {
                thread::sleep(Duration::from_millis(1));
            }
            assert!(matches!(shared.write_blocking::<_, StoreError, _>(|uow| claim(uow, 9)), Err(StoreError::Busy)));
            keeper.open();
            for unit in waiting {
                unit.join().unwrap().unwrap();
            }
        });
    }

    fn con_12_what_waited_too_long_answers_busy(database) {
        let options = Options { writers: 1, wait: Duration::from_millis(300), ..database.options() };
        let store = database.store_with(options);
        let (gate, keeper) = gate();
        let shared = store.shared();
        // The first connection may take that long on a busy machine.
        while shared.write_blocking::<_, StoreError, _>(|_| Ok(())).is_err() {}
        thread::scope(|scope| {
            let first = shared.clone();
            scope.spawn(move || first.write_blocking::<_, StoreError, _>(move |_| { gate.pass(); Ok(()) }).unwrap());
            keeper.wait_until_entered();
            let late = scope.spawn(|| shared.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)));
            thread::sleep(Duration::from_millis(500));
            keeper.open();
            assert!(matches!(late.join().unwrap(), Err(StoreError::Busy)));
        });
        assert!(!is_claimed(&*store, 1));
    }

    fn a_closed_store_ends_what_waits_and_takes_no_more(database) {
        let store = database.store();
        let shared = store.shared();
        let claims: Vec<_> = (0..20)
            .map(|n| {
                let shared = shared.clone();
                thread::spawn(move || shared.write_blocking::<_, StoreError, _>(move |uow| claim(uow, n)))
            })
            .collect();
        store.diesel().close();
        for unit in claims {
            assert!(matches!(unit.join().unwrap(), Ok(None) | Err(StoreError::Unavailable(_))));
        }
        let refused = shared.read_blocking::<_, StoreError, _>(|_| Ok(()));
        assert!(matches!(refused, Err(StoreError::Unavailable(_))));
    }

    fn closing_ends_every_thread_whatever_waits(database) {
        // Two threads come to a queue of a few units and their words to stop, at once.
        for round in 0..60_u32 {
            let options = Options { readers: 2, ..database.options() };
            let store = Arc::new(madang_persistence::DieselStore::open(options).unwrap());
            let shared: Arc<dyn Store> = store.clone();
            let (gate, keeper) = gate();
            let held: Vec<_> = (0..2)
                .map(|_| {
                    let (shared, gate) = (shared.clone(), gate.clone());
                    thread::spawn(move || shared.read_blocking::<_, StoreError, _>(move |_| { gate.pass(); Ok(()) }))
                })
                .collect();
            (0..2).for_each(|_| keeper.wait_until_entered());
            let waiting: Vec<_> = (0..round % 7)
                .map(|_| {
                    let shared = shared.clone();
                    thread::spawn(move || shared.read_blocking::<_, StoreError, _>(|_| Ok(())))
                })
                .collect();
            while store.waiting() < waiting.len() {
                thread::yield_now();
            }
            let (said, closed) = std::sync::mpsc::channel();
            let closing = store.clone();
            thread::spawn(move || {
                closing.close();
                said.send(()).unwrap();
            });
            while store.waiting() < waiting.len() + 2 {
                thread::yield_now();
            }
            keeper.open();
            closed.recv_timeout(Duration::from_secs(30)).expect("it closes");
            assert!(held.into_iter().chain(waiting).all(|unit| unit.join().unwrap().is_ok()), "what waited was done");
        }
    }

    fn con_12_sixty_four_threads_meet_no_error(database) {
        let store = database.store();
        let shared: Arc<dyn Store> = store.shared();
        let failed = AtomicU32::new(0);
        thread::scope(|scope| {
            for thread in 0..64_u32 {
                let (shared, failed) = (shared.clone(), &failed);
                scope.spawn(move || {
                    for n in 0..25_u32 {
                        let done = if n % 5 == 0 {
                            shared.write_blocking::<_, StoreError, _>(move |uow| claim(uow, thread * 100 + n).map(drop))
                        } else {
                            shared.read_blocking::<_, StoreError, _>(|uow| uow.outbox().list_dead(1).map(drop))
                        };
                        failed.fetch_add(u32::from(done.is_err()), Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!(failed.into_inner(), 0);
        assert!((0..64).all(|thread| is_claimed(&*shared, thread * 100 + 20)));
    }

    fn one_unit_at_a_time_holds_a_topic(database) {
        let store = database.store();
        let (inside, met) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        thread::scope(|scope| {
            for _ in 0..8 {
                let (shared, inside, met) = (store.shared(), inside.clone(), met.clone());
                scope.spawn(move || {
                    shared
                        .write_blocking::<_, StoreError, _>(move |uow| {
                            uow.exclusive(Topic::Admins)?;
                            met.fetch_max(inside.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
                            thread::sleep(Duration::from_millis(5));
                            inside.fetch_sub(1, Ordering::SeqCst);
                            Ok(())
                        })
                        .unwrap();
                });
            }
        });
        assert_eq!(met.load(Ordering::SeqCst), 0);
    }

    fn statements_are_counted_by_unit(database) {
        let log = StatementLog::default();
        let options = Options { statements: Some(log.clone()), ..database.options() };
        let store = database.store_with(options);
        log.take();
        store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap();
        store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap();
        let counts: Vec<usize> = log.take().iter().map(|unit| unit.statements.len()).collect();
        assert_eq!(counts, [1, 2], "an insert; an insert in vain and a select");
    }
}

#[test]
fn memory_serves_reads_and_writes_on_one_connection() {
    let store = TestDatabase::sqlite_memory().store();
    store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap();
    let dead = store.write_blocking::<(), StoreError, _>(|_| panic!("on purpose"));
    assert!(matches!(dead, Err(StoreError::Internal(_))));
    assert!(is_claimed(&*store, 1), "a panic must not cost the database");
    let _ = store.read_blocking::<_, StoreError, _>(|uow| claim(uow, 2));
    assert!(!is_claimed(&*store, 2), "a read unit keeps nothing");
}
