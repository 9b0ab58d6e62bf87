//! The contracts of sessions and of the logs.

use crate::people::{add_user, people, user};
use crate::support::noon;
use chrono::TimeDelta;
use madang_domain::accounts::AccountState;
use madang_domain::audit::{AuditAction, AuditEntry, AuditFilter, ModerationAct};
use madang_domain::filters::OneOf;
use madang_domain::ids::{SessionId, UserId};
use madang_domain::paging::{FeedOrder, FeedRequest, From, PageRequest};
use madang_domain::sessions::{Delivery, RevokeReason, Session, SessionEnd};
use madang_domain::store::{Store, StoreError};
use madang_testkit::on_each_database;
use std::thread;
use uuid::Uuid;

pub(crate) fn session(user: UserId, n: u8) -> Session {
    let created_at = noon() + TimeDelta::seconds(n.into());
    Session {
        id: Uuid::from_u128(1000 + u128::from(n)).into(),
        user,
        delivery: Delivery::Cookie,
        nonce: [n; 16],
        key_id: 200,
        counter: 0,
        created_at,
        rotated_at: None,
        idle_at: created_at + TimeDelta::days(14),
        abs_at: created_at + TimeDelta::days(30),
        auth_time: created_at,
        ended: None,
        device_label: Some("Browser".to_owned()),
    }
}

pub(crate) fn add(store: &(dyn Store + 'static), session: &Session) -> SessionId {
    let new = session.clone();
    store.write_blocking::<_, StoreError, _>(move |uow| uow.sessions().add(&new)).unwrap();
    session.id
}

fn find(store: &(dyn Store + 'static), id: SessionId) -> Session {
    store.read_blocking::<_, StoreError, _>(move |uow| uow.sessions().find(id)).unwrap().unwrap()
}

fn live(store: &(dyn Store + 'static), user: UserId) -> Vec<SessionId> {
    let all = PageRequest { page: 1, page_size: 100 };
    let page = store
        .read_blocking::<_, StoreError, _>(move |uow| {
            uow.sessions().list_live(user, noon() + TimeDelta::minutes(1), all)
        })
        .unwrap();
    assert_eq!(page.count, i64::try_from(page.items.len()).unwrap());
    page.items.iter().map(|session| session.id).collect()
}

on_each_database! {
    fn a_session_comes_back_as_it_was_written(database) {
        let store = database.store();
        let user = people(&*store).1.id;
        let ended = Some(SessionEnd { at: noon(), reason: RevokeReason::Replay });
        let written = Session {
            rotated_at: Some(noon()),
            counter: i64::MAX,
            delivery: Delivery::Body,
            device_label: None,
            ended,
            ..session(user, 1)
        };
        let id = add(&*store, &written);
        assert!(find(&*store, id) == written);
    }

    fn auth_5_a_standing_is_that_of_the_session_and_its_user(database) {
        let store = database.store();
        let (school, owner) = people(&*store);
        let stranger = add_user(&*store, user(school, "baram", 2));
        let id = add(&*store, &session(owner.id, 1));
        let standing = |user| {
            store.read_blocking::<_, StoreError, _>(move |uow| uow.sessions().find_standing(id, user)).unwrap()
        };
        assert_eq!(standing(stranger.id), None);
        let good = standing(owner.id).unwrap();
        assert!(!good.ended && !good.enrolled && !good.email_verified && good.school == school);
        let mut changed = owner.clone();
        (changed.is_staff, changed.state) = (true, AccountState::Banned);
        store
            .write_blocking::<_, StoreError, _>(move |uow| {
                uow.accounts().save(&changed)?;
                uow.sessions().end(id, changed.id, noon(), RevokeReason::Logout)
            })
            .unwrap();
        let now = standing(owner.id).unwrap();
        assert!(now.ended && now.is_staff && now.state == AccountState::Banned);
    }

    fn con_7_of_parallel_rotations_one_wins(database) {
        let store = database.store();
        let user = people(&*store).1.id;
        let id = add(&*store, &session(user, 1));
        for counter in 0..10 {
            let wins: usize = thread::scope(|scope| {
                let run = || {
                    let rotated = store.write_blocking::<_, StoreError, _>(move |uow| {
                        uow.sessions().rotate(id, counter, 7, noon(), noon() + TimeDelta::days(1))
                    });
                    usize::from(rotated.unwrap().is_some())
                };
                let runs: Vec<_> = (0..6).map(|_| scope.spawn(run)).collect();
                runs.into_iter().map(|run| run.join().unwrap()).sum()
            });
            assert_eq!(wins, 1);
        }
        let rotated = find(&*store, id);
        assert_eq!((rotated.counter, rotated.key_id, rotated.rotated_at), (10, 7, Some(noon())));
        assert_eq!(rotated.idle_at, noon() + TimeDelta::days(1));
    }

    fn auth_10_no_session_is_rotated_past_its_end(database) {
        let store = database.store();
        let user = people(&*store).1.id;
        let written = session(user, 1);
        let id = add(&*store, &written);
        let rotate = |now| {
            store
                .write_blocking::<_, StoreError, _>(move |uow| uow.sessions().rotate(id, 0, 1, now, now))
                .unwrap()
                .is_some()
        };
        assert!(!rotate(written.idle_at));
        store.write_blocking::<_, StoreError, _>(move |uow| uow.sessions().end(id, user, noon(), RevokeReason::Logout)).unwrap();
        assert!(!rotate(noon()));
    }

    fn auth_10_the_newest_sessions_remain(database) {
        let store = database.store();
        let user = people(&*store).1.id;
        let ids: Vec<_> = (1..=5).map(|n| add(&*store, &session(user, n))).collect();
        let ended = store
            .write_blocking::<_, StoreError, _>(move |uow| {
                uow.sessions().end_oldest(user, 3, noon() + TimeDelta::minutes(1))
            })
            .unwrap();
        assert_eq!(ended, 2);
        assert_eq!(live(&*store, user), [ids[4], ids[3], ids[2]]);
        assert_eq!(find(&*store, ids[0]).ended.unwrap().reason, RevokeReason::Evicted);
    }

    fn auth_13_all_sessions_but_one_end_and_only_ones_own(database) {
        let store = database.store();
        let (school, owner) = people(&*store);
        let stranger = add_user(&*store, user(school, "baram", 2));
        let kept = add(&*store, &session(owner.id, 1));
        let other = add(&*store, &session(owner.id, 2));
        let foreign = add(&*store, &session(stranger.id, 3));
        let owner = owner.id;
        let end = |id: SessionId| {
            store
                .write_blocking::<_, StoreError, _>(move |uow| {
                    uow.sessions().end(id, owner, noon(), RevokeReason::EndedByUser)
                })
                .unwrap()
        };
        assert!(!end(foreign));
        let ended = store.write_blocking::<_, StoreError, _>(move |uow| {
            uow.sessions().end_all(owner, Some(kept), noon(), RevokeReason::PasswordChanged)
        });
        assert_eq!(ended.unwrap(), 1);
        assert!(!end(other));
        assert_eq!(live(&*store, owner), [kept]);
        assert_eq!(live(&*store, stranger.id), [foreign]);
    }

    fn log_3_events_are_listed_newest_first(database) {
        let store = database.store();
        let (subject, other) = (UserId(Uuid::from_u128(1)), UserId(Uuid::from_u128(2)));
        let entry = move |n: u8, action, subject| AuditEntry {
            id: Uuid::from_u128(n.into()).into(),
            at: noon(),
            actor: None,
            action,
            subject: Some(subject),
            reason: Some("because".to_owned()),
            detail: None,
        };
        store
            .write_blocking::<_, StoreError, _>(move |uow| {
                uow.audit().add_event(&entry(1, AuditAction::RoleChanged, subject))?;
                uow.audit().add_event(&entry(2, AuditAction::PasswordChanged, subject))?;
                uow.audit().add_event(&entry(3, AuditAction::RoleChanged, other))?;
                uow.audit().add_act(&ModerationAct {
                    id: Uuid::from_u128(4).into(),
                    at: noon(),
                    school: Uuid::from_u128(5).into(),
                    board: None,
                    actor: subject,
                    act: "board_created",
                    target_type: "board",
                    target: Uuid::from_u128(6),
                    rule: None,
                    reason: None,
                })
            })
            .unwrap();
        let list = |filter: AuditFilter, from| {
            let request = FeedRequest { from, limit: 2, order: FeedOrder::NewestFirst };
            store
                .read_blocking::<_, StoreError, _>(move |uow| uow.audit().list_events(&filter, &request))
                .unwrap()
        };
        let first = list(AuditFilter::default(), From::Start);
        assert_eq!(first.items.iter().map(|entry| entry.id.0.as_u128()).collect::<Vec<_>>(), [3, 2]);
        let second = list(AuditFilter::default(), From::After(first.next.unwrap()));
        assert_eq!(second.items, [entry(1, AuditAction::RoleChanged, subject)]);
        let filter = AuditFilter {
            actions: Some(OneOf(vec![AuditAction::RoleChanged])),
            subjects: Some(OneOf(vec![subject])),
            at: Vec::new(),
        };
        assert_eq!(list(filter, From::Start).items.len(), 1);
    }
}
