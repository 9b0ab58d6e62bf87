//! However standings are found, in a copy in memory or for several units at once: after the answer to a change nobody is told
//! the old state.

use crate::people::{add_user, people, user};
use crate::sessions::{add, session};
use crate::support::noon;
use chrono::TimeDelta;
use madang_domain::accounts::{AccountState, PasswordHash, User};
use madang_domain::ids::{SessionId, UserId};
use madang_domain::sessions::{Bearer, RevokeReason, Standing};
use madang_domain::store::{Store, StoreError, UnitOfWork};
use madang_persistence::{Options, StatementLog};
use madang_testkit::{TestDatabase, TestStore};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;

fn store_with_copy() -> (TestStore, StatementLog) {
    let database = TestDatabase::sqlite_file();
    let log = StatementLog::default();
    let options = Options { liveness_in_memory: true, statements: Some(log.clone()), ..database.options() };
    (database.store_with(options), log)
}

fn standing(store: &(dyn Store + 'static), id: SessionId, user: UserId) -> Option<Standing> {
    store.read_blocking::<_, StoreError, _>(move |uow| uow.sessions().find_standing(id, user)).unwrap()
}

#[test]
fn auth_5_a_known_standing_costs_no_statement() {
    let (store, log) = store_with_copy();
    let user = people(&*store).1.id;
    let id = add(&*store, &session(user, 1));
    let first = standing(&*store, id, user);
    log.take();
    assert_eq!(standing(&*store, id, user), first);
    assert_eq!(log.take()[0].statements.len(), 0);
    let _: Result<Option<Standing>, StoreError> =
        store.write_blocking(move |uow| uow.sessions().find_standing(id, user));
    assert_eq!(log.take()[0].statements.len(), 1, "a write unit asks the database");
    assert_eq!(standing(&*store, SessionId(user.0), user), None);
}

type Change = fn(&mut dyn UnitOfWork, SessionId, &User) -> Result<(), StoreError>;

/// Every write that the ports of sessions and accounts offer for what exists already.
const CHANGES: [(&str, Change); 9] = [
    ("end", |uow, id, user| uow.sessions().end(id, user.id, noon(), RevokeReason::Logout).map(drop)),
    ("end_all", |uow, _, user| {
        uow.sessions().end_all(user.id, None, noon(), RevokeReason::LogoutAll).map(drop)
    }),
    ("end_oldest", |uow, _, user| uow.sessions().end_oldest(user.id, 0, noon()).map(drop)),
    ("rotate", |uow, id, _| uow.sessions().rotate(id, 0, 1, noon(), noon() + TimeDelta::days(20)).map(drop)),
    ("renew", |uow, _, user| {
        let mut renewed = session(user.id, 1);
        renewed.idle_at += TimeDelta::days(1);
        uow.sessions().renew(&renewed)
    }),
    ("purge", |uow, _, _| uow.sessions().purge(noon() + TimeDelta::days(365)).map(drop)),
    ("save", |uow, _, user| {
        let banned = User { state: AccountState::Banned, ..user.clone() };
        uow.accounts().save(&banned).map(drop)
    }),
    ("save_enrolment", |uow, _, user| uow.accounts().save_enrolment(user.id, None).map(drop)),
    ("save_password", |uow, _, user| {
        let password = |encoded: &str| PasswordHash { encoded: encoded.to_owned(), version: 1 };
        uow.accounts().save_password(user.id, &password("!"), &password("?")).map(drop)
    }),
];

#[test]
fn auth_5_after_each_change_the_copy_is_as_the_database() {
    for (name, change) in CHANGES {
        let (store, _) = store_with_copy();
        let user = people(&*store).1;
        let (id, owner) = (add(&*store, &session(user.id, 1)), user.id);
        assert!(standing(&*store, id, owner).is_some());
        store.write_blocking::<_, StoreError, _>(move |uow| change(uow, id, &user)).unwrap();
        let asked =
            store.write_blocking::<_, StoreError, _>(move |uow| uow.sessions().find_standing(id, owner));
        assert_eq!(standing(&*store, id, owner), asked.unwrap(), "after {name}");
    }
}

/// While readers fill the copy all the time, no read that begins after the answer to a log-out sees a live session.
#[test]
fn auth_5_no_read_after_an_answer_sees_the_old_state() {
    let (store, _) = store_with_copy();
    let user = people(&*store).1.id;
    let shared: Arc<dyn Store> = store.shared();
    for n in 0..40 {
        let id = add(&*store, &session(user, n));
        let stop = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    while !stop.load(Ordering::Relaxed) {
                        standing(&*shared, id, user);
                    }
                });
            }
            let end =
                move |uow: &mut dyn UnitOfWork| uow.sessions().end(id, user, noon(), RevokeReason::Logout);
            assert!(shared.write_blocking::<_, StoreError, _>(end).unwrap());
            for _ in 0..20 {
                assert!(standing(&*shared, id, user).unwrap().ended);
            }
            stop.store(true, Ordering::Relaxed);
        });
    }
}

/// The only reader of `store` is busy until the sender is used or dropped.
fn occupy(store: &Arc<dyn Store>) -> mpsc::Sender<()> {
    let (go, wait) = mpsc::channel();
    let (begun, has_begun) = mpsc::channel();
    let wait = Mutex::new(wait);
    let store = Arc::clone(store);
    thread::spawn(move || {
        store.read_blocking::<_, StoreError, _>(move |_| {
            begun.send(()).unwrap();
            let _ = wait.lock().unwrap().recv();
            Ok(())
        })
    });
    has_begun.recv().unwrap();
    go
}

/// Units that wait, each with the standing of its bearer as answer.
fn ask_for(
    store: &Arc<dyn Store>,
    bearers: &[Bearer],
) -> Vec<impl Future<Output = Option<Standing>> + use<>> {
    let ask = |bearer: &Bearer| {
        let Bearer { session, user } = *bearer;
        let found = store
            .read_for::<_, StoreError, _>(*bearer, move |uow| uow.sessions().find_standing(session, user));
        async { found.await.unwrap() }
    };
    bearers.iter().map(ask).collect()
}

fn all<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let mut values = Vec::new();
        for future in futures {
            values.push(future.await);
        }
        values
    })
}

#[test]
fn auth_5_units_that_wait_ask_together_and_each_is_told_its_own() {
    let Some(database) = TestDatabase::postgres() else { return };
    let log = StatementLog::default();
    let options = Options { readers: 1, statements: Some(log.clone()), ..database.options() };
    let store = database.store_with(options);
    let (school, someone) = people(&*store);
    let another = add_user(&*store, user(school, "another", 2));
    let [one, two] = [(someone.id, 1), (another.id, 2)]
        .map(|(user, nonce)| Bearer { session: add(&*store, &session(user, nonce)), user });
    let nobody = Bearer { session: one.session, user: two.user };
    let shared: Arc<dyn Store> = store.shared();

    let go = occupy(&shared);
    let bearers = [one, two, nobody, one];
    let asked = ask_for(&shared, &bearers);
    // What is answered before the thread gets to the units is what they are told.
    let end = move |uow: &mut dyn UnitOfWork| {
        uow.sessions().end(two.session, two.user, noon(), RevokeReason::Logout)
    };
    assert!(shared.write_blocking::<_, StoreError, _>(end).unwrap());
    log.take();
    drop(go);
    let told = all(asked);
    let statements: Vec<usize> = log.take().iter().map(|unit| unit.statements.len()).collect();

    let ended: Vec<Option<bool>> =
        told.iter().map(|standing| standing.map(|standing| standing.ended)).collect();
    assert_eq!(ended, [Some(false), Some(true), None, Some(false)]);
    // One for all; whoever was not found asks again.
    assert_eq!(statements, [0, 1, 0, 0, 1, 0], "the unit that kept the thread busy, all, and each");
}
