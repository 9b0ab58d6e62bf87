use crate::fixture::{Fixture, HERE, PASSWORD, fixture, fixture_on, in_body, kinds, signed_in};
use chrono::TimeDelta;
use madang_auth::refresh::{RefreshOutcome, refresh};
use madang_auth::refresh_tokens::PresentedRefresh;
use madang_domain::accounts::AccountState;
use madang_domain::sessions::{AuthenticateError, Delivery, Session};
use madang_testkit::on_each_database;
use std::thread;

fn present(fixture: &Fixture, presented: &PresentedRefresh, delivery: Delivery) -> Option<Session> {
    let (moment, tokens, presented) = (fixture.world.moment(), fixture.tokens.clone(), presented.clone());
    match fixture.write(move |uow| refresh(uow, &moment, &tokens, &presented, delivery)) {
        RefreshOutcome::Refreshed(session) => Some(session),
        RefreshOutcome::Invalid => None,
    }
}

/// Presents the current token of a session by cookie.
fn rotate(fixture: &Fixture, session: &Session) -> Option<Session> {
    fixture.advance(TimeDelta::milliseconds(1));
    present(fixture, &fixture.presented(session), Delivery::Cookie)
}

fn is_revoked(fixture: &Fixture, session: &Session) -> bool {
    matches!(fixture.authenticate(session), Err(AuthenticateError::SessionRevoked))
}

#[test]
fn auth_8_each_token_serves_once() {
    let fixture = fixture();
    let first = fixture.student("haneul").session;
    let second = rotate(&fixture, &first).unwrap();
    assert_eq!((second.id, second.counter), (first.id, 1));
    let third = rotate(&fixture, &second).unwrap();
    assert_eq!(third.counter, 2);
    assert_eq!(third.last_used_at(), fixture.world.now());
}

#[test]
fn s_17_the_parent_gets_the_same_successor_within_the_grace() {
    let fixture = fixture();
    let first = fixture.student("haneul").session;
    let second = rotate(&fixture, &first).unwrap();
    fixture.advance(TimeDelta::seconds(9));
    assert!(rotate(&fixture, &first).unwrap() == second);
    assert_eq!(rotate(&fixture, &second).unwrap().counter, 2);
}

#[test]
fn s_17_a_late_parent_ends_the_family_and_tells_the_owner() {
    let fixture = fixture();
    let first = fixture.student("haneul").session;
    let other = fixture.must_log_in("haneul", PASSWORD).session;
    let second = rotate(&fixture, &first).unwrap();
    fixture.mails();
    fixture.advance(TimeDelta::seconds(10));
    assert!(rotate(&fixture, &first).is_none());
    assert!(is_revoked(&fixture, &first));
    assert!(rotate(&fixture, &second).is_none());
    assert!(rotate(&fixture, &other).is_some(), "other devices go on");
    assert!(rotate(&fixture, &first).is_none());
    assert_eq!(fixture.events(), ["refresh_replayed"], "one row, however often it comes back");
    assert_eq!(kinds(&fixture.mails()), ["session_replayed"]);
}

#[test]
fn auth_8_an_older_token_ends_the_family_even_within_the_grace() {
    let fixture = fixture();
    let first = fixture.student("haneul").session;
    let third = rotate(&fixture, &rotate(&fixture, &first).unwrap()).unwrap();
    assert!(rotate(&fixture, &first).is_none());
    assert!(is_revoked(&fixture, &third));
}

#[test]
fn auth_9_what_proves_nothing_changes_nothing() {
    let fixture = fixture();
    let session = fixture.student("haneul").session;
    let foreign = Session { nonce: [0; 16], ..session.clone() };
    assert!(rotate(&fixture, &foreign).is_none());
    let unknown = Session { id: uuid::Uuid::nil().into(), ..session.clone() };
    assert!(rotate(&fixture, &unknown).is_none());
    let ahead = Session { counter: 1, ..session.clone() };
    assert!(rotate(&fixture, &ahead).is_none(), "a commit may have been lost with the power");
    assert!(present(&fixture, &fixture.presented(&session), Delivery::Body).is_none());
    assert!(fixture.authenticate(&session).is_ok());
    assert!(rotate(&fixture, &session).is_some());
    assert!(fixture.events().is_empty());
}

#[test]
fn auth_7_a_body_session_refreshes_by_body_only() {
    let fixture = fixture();
    fixture.student("haneul");
    let session = signed_in(fixture.log_in_as("haneul", PASSWORD, HERE, None, in_body())).session;
    assert!(rotate(&fixture, &session).is_none());
    assert!(present(&fixture, &fixture.presented(&session), Delivery::Body).is_some());
}

#[test]
fn auth_10_a_session_ends_idle_and_ends_at_last() {
    let fixture = fixture();
    let first = fixture.student("haneul").session;
    fixture.advance(TimeDelta::days(13));
    let second = rotate(&fixture, &first).unwrap();
    fixture.advance(TimeDelta::days(14));
    assert!(rotate(&fixture, &second).is_none(), "idle for too long");
    let mut session = fixture.must_log_in("haneul", PASSWORD).session;
    for _ in 0..4 {
        fixture.advance(TimeDelta::days(7));
        session = rotate(&fixture, &session).unwrap();
    }
    fixture.advance(TimeDelta::days(2));
    assert!(rotate(&fixture, &session).is_none(), "thirty days in all");
    assert!(is_revoked(&fixture, &session));
    assert!(fixture.events().is_empty(), "running out is no replay");
}

#[test]
fn s_20_the_token_of_a_banned_user_is_refused() {
    let fixture = fixture();
    let session = fixture.student("haneul").session;
    fixture.edit(session.user, |user| user.state = AccountState::Banned);
    assert!(rotate(&fixture, &session).is_none());
}

on_each_database! {
    fn con_7_parallel_refreshes_rotate_once_and_get_the_same_successor(database) {
        let fixture = fixture_on(database);
        let mut session = fixture.student("haneul").session;
        for round in 1..=5 {
            let presented = fixture.presented(&session);
            let successors: Vec<_> = thread::scope(|scope| {
                let run = || present(&fixture, &presented, Delivery::Cookie).unwrap();
                let runs: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
                runs.into_iter().map(|run| run.join().unwrap()).collect()
            });
            assert!(successors.iter().all(|successor| *successor == successors[0]));
            assert_eq!(successors[0].counter, round);
            session = successors[0].clone();
            fixture.advance(TimeDelta::seconds(60));
        }
        assert!(fixture.events().is_empty());
    }
}
