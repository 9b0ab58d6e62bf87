//! The contract of the outbox.

use crate::support::noon;
use chrono::TimeDelta;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::OutboxId;
use madang_domain::language::Language;
use madang_domain::outbox::{Claimed, Letter, LinkSecret, Mail, OutboxMessage, Task};
use madang_domain::store::{Store, StoreError};
use madang_testkit::on_each_database;
use std::collections::BTreeSet;
use std::thread;
use uuid::Uuid;

const LEASE: TimeDelta = TimeDelta::minutes(10);

fn id(n: u128) -> OutboxId {
    OutboxId(Uuid::from_u128(n))
}

fn message(n: u128, created_at: Timestamp) -> OutboxMessage {
    let letter = Letter::VerifyEmail {
        username: "haneul".to_owned(),
        secret: LinkSecret([n as u8; 32]),
        expires_at: created_at + TimeDelta::minutes(15),
    };
    let mail = Mail { to: format!("n{n}@hanbit.test"), language: Language::Korean, letter };
    OutboxMessage { id: id(n), created_at, task: Task::Mail(mail) }
}

fn add(store: &(dyn Store + 'static), message: OutboxMessage) {
    store.write_blocking::<_, StoreError, _>(move |uow| uow.outbox().add(&message)).unwrap();
}

fn claim(store: &(dyn Store + 'static), now: Timestamp, limit: usize) -> Vec<Claimed> {
    store.write_blocking::<_, StoreError, _>(move |uow| uow.outbox().claim(now, now + LEASE, limit)).unwrap()
}

fn ids(claimed: &[Claimed]) -> Vec<OutboxId> {
    claimed.iter().map(|claimed| claimed.message.id).collect()
}

on_each_database! {
    fn what_was_written_is_claimed_as_it_was_the_oldest_first(database) {
        let store = database.store();
        for n in [2, 1, 3] {
            add(&*store, message(n, noon() + TimeDelta::seconds(n as i64)));
        }
        let notice = Mail {
            to: "old@hanbit.test".to_owned(),
            language: Language::English,
            letter: Letter::PasswordChanged { username: "noeul".to_owned() },
        };
        add(&*store, OutboxMessage { id: id(4), created_at: noon() + TimeDelta::hours(1), task: Task::Mail(notice) });
        assert_eq!(claim(&*store, noon(), 9), []);
        let claimed = claim(&*store, noon() + TimeDelta::seconds(3), 2);
        let first = message(1, noon() + TimeDelta::seconds(1));
        assert_eq!(claimed[0], Claimed { message: first, attempts: 1 });
        assert_eq!(ids(&claimed), [id(1), id(2)]);
        assert_eq!(ids(&claim(&*store, noon() + TimeDelta::hours(1), 9)), [id(3), id(1), id(2), id(4)]);
    }

    fn a_claim_holds_for_its_lease_and_what_is_done_is_gone(database) {
        let store = database.store();
        add(&*store, message(1, noon()));
        assert_eq!(claim(&*store, noon(), 9).len(), 1);
        assert_eq!(claim(&*store, noon() + LEASE - TimeDelta::microseconds(1), 9), []);
        assert_eq!(claim(&*store, noon() + LEASE, 9)[0].attempts, 2);
        for _ in 0..2 {
            store.write_blocking::<_, StoreError, _>(|uow| uow.outbox().done(id(1))).unwrap();
        }
        assert_eq!(claim(&*store, noon() + TimeDelta::days(9), 9), []);
    }

    fn a_failure_is_due_again_when_it_says(database) {
        let store = database.store();
        add(&*store, message(1, noon()));
        claim(&*store, noon(), 9);
        let again = noon() + TimeDelta::seconds(5);
        store.write_blocking::<_, StoreError, _>(move |uow| uow.outbox().failed(id(1), again, "refused")).unwrap();
        assert_eq!(claim(&*store, again - TimeDelta::microseconds(1), 9), []);
        assert_eq!(claim(&*store, again, 9)[0].attempts, 2);
    }

    fn the_dead_are_never_due_tell_why_and_are_purged(database) {
        let store = database.store();
        for n in [1, 2] {
            add(&*store, message(n, noon()));
            let at = noon() + TimeDelta::days(n as i64);
            store.write_blocking::<_, StoreError, _>(move |uow| uow.outbox().bury(id(n), at, "its link has ended")).unwrap();
        }
        store.write_blocking::<_, StoreError, _>(|uow| uow.outbox().failed(id(1), noon(), "late")).unwrap();
        assert_eq!(claim(&*store, noon() + TimeDelta::days(9), 9), []);
        let dead = || store.read_blocking::<_, StoreError, _>(|uow| uow.outbox().list_dead(9)).unwrap();
        let found = dead();
        assert_eq!(found.iter().map(|letter| letter.id).collect::<Vec<_>>(), [id(2), id(1)]);
        assert_eq!((found[0].kind.as_str(), found[0].failure.as_str()), ("verify_email", "its link has ended"));
        let purge = |before| store.write_blocking::<_, StoreError, _>(move |uow| uow.outbox().purge_dead(before)).unwrap();
        assert_eq!(purge(noon() + TimeDelta::days(2)), 1);
        assert_eq!(dead().len(), 1);
    }

    fn no_two_workers_claim_one_message(database) {
        let store = database.store();
        for n in 0..60 {
            add(&*store, message(n, noon()));
        }
        let claimed: Vec<Vec<OutboxId>> = thread::scope(|scope| {
            let workers: Vec<_> = (0..6).map(|_| scope.spawn(|| ids(&claim(&*store, noon(), 10)))).collect();
            workers.into_iter().map(|worker| worker.join().unwrap()).collect()
        });
        let all: Vec<OutboxId> = claimed.into_iter().flatten().chain(ids(&claim(&*store, noon(), 60))).collect();
        assert_eq!(all.len(), 60);
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 60);
    }
}
