//! What goes wrong with PostgreSQL, and what it costs.

use crate::support::{claim, gate, is_claimed};
use diesel::prelude::*;
use madang_domain::store::{Store, StoreError};
use madang_persistence::{DatabaseUrl, DieselStore, Options, migrate};
use madang_testkit::{Cluster, TestDatabase};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

fn kill_backends(database: &TestDatabase) {
    let mut conn = PgConnection::establish(&database.url_text()).unwrap();
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    diesel::sql_query(others).execute(&mut conn).unwrap();
}

#[test]
fn killed_connections_that_were_idle_cost_nothing() {
    let Some(database) = TestDatabase::postgres() else { return };
    let store = database.store();
    for n in 0..5 {
        for _ in 0..4 {
            store.read_blocking::<_, StoreError, _>(|uow| uow.outbox().list_dead(1)).unwrap();
        }
        store.write_blocking::<_, StoreError, _>(move |uow| claim(uow, n)).unwrap();
        kill_backends(store.database());
    }
    for n in 0..5 {
        assert!(is_claimed(&*store, n));
    }
}

#[test]
fn a_unit_whose_connection_is_killed_runs_again() {
    let Some(database) = TestDatabase::postgres() else { return };
    let store = database.store();
    let shared = store.shared();
    let (gate, keeper) = gate();
    let runs = Arc::new(AtomicU32::new(0));
    let counted = runs.clone();
    thread::scope(|scope| {
        let unit = scope.spawn(|| {
            shared.write_blocking::<_, StoreError, _>(move |uow| {
                counted.fetch_add(1, Ordering::Relaxed);
                claim(uow, 1)?;
                gate.pass();
                claim(uow, 2)
            })
        });
        keeper.wait_until_entered();
        kill_backends(store.database());
        keeper.open();
        unit.join().unwrap().unwrap();
    });
    assert_eq!(runs.load(Ordering::Relaxed), 2);
    assert!(is_claimed(&*store, 1) && is_claimed(&*store, 2));
}

#[test]
fn con_12_a_deadlock_is_resolved_by_another_run() {
    let Some(database) = TestDatabase::postgres() else { return };
    let store = database.store();
    let shared: Arc<dyn Store> = store.shared();
    let (barrier, runs) = (Arc::new(Barrier::new(2)), Arc::new(AtomicU32::new(0)));
    let unit = |first: u32, second: u32| {
        let (shared, barrier, runs) = (shared.clone(), barrier.clone(), runs.clone());
        thread::spawn(move || {
            shared.write_blocking::<_, StoreError, _>(move |uow| {
                let run = runs.fetch_add(1, Ordering::Relaxed);
                claim(uow, first)?;
                if run < 2 {
                    barrier.wait();
                }
                claim(uow, second)
            })
        })
    };
    let units = [unit(1, 2), unit(2, 1)];
    for unit in units {
        unit.join().unwrap().unwrap();
    }
    assert!(runs.load(Ordering::Relaxed) > 2, "one of them was run again");
}

/// Waits for a result that `wanted` accepts; how long it took.
fn until(
    wanted: impl Fn(&Result<(), StoreError>) -> bool,
    ask: impl Fn() -> Result<(), StoreError>,
) -> Duration {
    let began = Instant::now();
    loop {
        let result = ask();
        if wanted(&result) {
            return began.elapsed();
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{result:?}");
    }
}

#[test]
fn a_server_that_stops_is_unavailable_soon_and_back_soon() {
    let Some(cluster) = Cluster::own() else { return };
    let url = DatabaseUrl::Postgres(cluster.url("postgres"));
    migrate::Migrator::connect(&url).unwrap().run().unwrap();
    let store: Box<dyn Store> =
        Box::new(DieselStore::open(Options { readers: 2, writers: 2, ..Options::new(url) }).unwrap());
    let read = || store.read_blocking::<_, StoreError, _>(|uow| uow.outbox().list_dead(1).map(drop));
    let write = || store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1).map(drop));
    read().unwrap();
    write().unwrap();

    cluster.stop();
    for ask in [&read as &dyn Fn() -> Result<(), StoreError>, &write] {
        for _ in 0..4 {
            let began = Instant::now();
            let refused = ask();
            assert!(matches!(refused, Err(StoreError::Unavailable(_))), "{refused:?}");
            assert!(began.elapsed() < Duration::from_millis(2500), "{:?}", began.elapsed());
        }
    }

    cluster.start();
    assert!(until(Result::is_ok, read) < Duration::from_secs(5));
    assert!(until(Result::is_ok, write) < Duration::from_secs(5));
}

#[test]
fn without_prepared_statements_units_work_as_well() {
    let Some(database) = TestDatabase::postgres() else { return };
    let options = Options { prepared_statements: false, ..database.options() };
    let store = database.store_with(options);
    store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap();
    let written = store.read_blocking::<_, StoreError, _>(|uow| claim(uow, 2));
    assert!(matches!(written, Err(StoreError::Internal(_))), "{written:?}");
    assert!(is_claimed(&*store, 1));
}
