//! The contract of kept answers.

use crate::support::{DIGEST, claim, is_claimed, key, noon};
use chrono::TimeDelta;
use madang_domain::idempotency::KeptAnswer;
use madang_domain::store::StoreError;
use madang_testkit::on_each_database;
use std::thread;

on_each_database! {
    fn x_5_the_first_request_claims_and_the_second_gets_its_answer(database) {
        let store = database.store();
        assert_eq!(store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap(), None);
        let running = store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap();
        assert_eq!(running, Some(KeptAnswer { body_digest: DIGEST, answer: None }));
        store.write_blocking::<_, StoreError, _>(|uow| uow.idempotency().keep(key(1), b"answer")).unwrap();
        let kept = store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap();
        assert_eq!(kept, Some(KeptAnswer { body_digest: DIGEST, answer: Some(b"answer".to_vec()) }));
        assert!(!is_claimed(&*store, 2));
    }

    fn x_5_a_released_claim_is_free_again(database) {
        let store = database.store();
        store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap();
        store.write_blocking::<_, StoreError, _>(|uow| uow.idempotency().release(key(1))).unwrap();
        assert_eq!(store.write_blocking::<_, StoreError, _>(|uow| claim(uow, 1)).unwrap(), None);
    }

    fn x_5_an_expired_claim_is_taken_over_whole(database) {
        let store = database.store();
        let later = noon() + TimeDelta::hours(24);
        store
            .write_blocking::<_, StoreError, _>(|uow| {
                claim(uow, 1)?;
                uow.idempotency().keep(key(1), b"old")
            })
            .unwrap();
        let taken = move |now| {
            store
                .write_blocking::<_, StoreError, _>(move |uow| {
                    uow.idempotency().claim(key(1), [8; 32], now, now + TimeDelta::hours(24))
                })
                .unwrap()
        };
        assert_eq!(taken(later - TimeDelta::microseconds(1)).unwrap().answer, Some(b"old".to_vec()));
        assert_eq!(taken(later), None);
        assert_eq!(taken(later), Some(KeptAnswer { body_digest: [8; 32], answer: None }));
    }

    fn x_5_a_purge_erases_what_has_expired(database) {
        let store = database.store();
        for n in 0..3 {
            store
                .write_blocking::<_, StoreError, _>(move |uow| {
                    uow.idempotency().claim(key(n), DIGEST, noon(), noon() + TimeDelta::hours(n.into()))
                })
                .unwrap();
        }
        let purged = store.write_blocking::<_, StoreError, _>(|uow| uow.idempotency().purge(noon() + TimeDelta::hours(1)));
        assert_eq!(purged.unwrap(), 2);
        assert!(is_claimed(&*store, 2));
    }

    fn con_11_of_parallel_claims_one_wins(database) {
        let store = database.store();
        for round in 0..10 {
            let wins: usize = thread::scope(|scope| {
                let run = || {
                    scope.spawn(|| store.write_blocking::<_, StoreError, _>(move |uow| claim(uow, round)).unwrap().is_none())
                };
                let runs: Vec<_> = (0..8).map(|_| run()).collect();
                runs.into_iter().map(|run| usize::from(run.join().unwrap())).sum()
            });
            assert_eq!(wins, 1);
        }
    }
}
