use crate::fixture::{ELSEWHERE, Fixture, HERE, PASSWORD, fixture, fixture_on, in_body, signed_in};
use chrono::TimeDelta;
use madang_auth::log_in::LogInOutcome;
use madang_auth::open_session::NewSession;
use madang_domain::accounts::{AccountState, PasswordHash};
use madang_domain::ids::UserId;
use madang_domain::paging::PageRequest;
use madang_domain::sessions::{AuthenticateError, Delivery, Session};
use madang_testkit::on_each_database;
use std::net::IpAddr;
use std::thread;

const ALL: PageRequest = PageRequest { page: 1, page_size: 100 };

fn live_sessions(fixture: &Fixture, user: UserId) -> Vec<Session> {
    let now = fixture.world.now();
    fixture.write(move |uow| uow.sessions().list_live(user, now, ALL)).items
}

fn is_refused(outcome: &LogInOutcome) -> bool {
    matches!(outcome, LogInOutcome::InvalidCredentials)
}

fn wait(outcome: &LogInOutcome) -> Option<TimeDelta> {
    match outcome {
        LogInOutcome::Throttled { retry_after } => Some(*retry_after),
        _ => None,
    }
}

/// A wrong password from `address`.
fn fail(fixture: &Fixture, name: &str, address: IpAddr) -> LogInOutcome {
    fixture.log_in_as(name, "wrong", address, None, NewSession::default())
}

#[test]
fn auth_1_logs_in_by_username_in_any_case_or_by_a_proven_address() {
    let fixture = fixture();
    fixture.student("haneul");
    for name in ["haneul", " HANEUL", "haneul@hanbit.test", "Haneul@ＨＡＮＢＩＴ.test"] {
        assert_eq!(fixture.must_log_in(name, PASSWORD).me.member.user.username.as_str(), "haneul");
    }
}

#[test]
fn auth_1_every_refusal_is_the_same() {
    let fixture = fixture();
    let guest = fixture.guest("haneul");
    fixture.student("baram");
    assert!(is_refused(&fixture.log_in("nobody", PASSWORD)));
    assert!(is_refused(&fixture.log_in("haneul", "wrong")));
    assert!(is_refused(&fixture.log_in("haneul@hanbit.test", PASSWORD)), "the address is not proven");
    for odd in ["", "na\0me", "@", "haneul'--", "하늘"] {
        assert!(is_refused(&fixture.log_in(odd, PASSWORD)), "{odd:?}");
    }
    assert!(is_refused(&fixture.log_in(&"a".repeat(100_000), PASSWORD)));
    let unusable = PasswordHash { encoded: "!".to_owned(), version: 1 };
    let id = guest.session.user;
    fixture.write(move |uow| {
        let old = uow.accounts().find_password(id)?.unwrap();
        uow.accounts().save_password(id, &old, &unusable)
    });
    assert!(is_refused(&fixture.log_in("haneul", "!")));
}

#[test]
fn auth_3_a_ban_is_told_to_the_right_password_only() {
    let fixture = fixture();
    let student = fixture.student("haneul");
    let until = fixture.world.now() + TimeDelta::days(1);
    fixture.edit(student.session.user, move |user| {
        (user.state, user.state_until) = (AccountState::Banned, Some(until));
    });
    assert!(is_refused(&fixture.log_in("haneul", "wrong")));
    match fixture.log_in("haneul", PASSWORD) {
        LogInOutcome::AccountDisabled { until: end, ban: None } => assert_eq!(end, Some(until)),
        other => panic!("{other:?}"),
    }
    assert!(matches!(fixture.authenticate(&student.session), Err(AuthenticateError::SessionRevoked)));
    fixture.advance(TimeDelta::days(1));
    fixture.must_log_in("haneul", PASSWORD);
}

#[test]
fn acc_14_an_imported_password_is_replaced_at_login() {
    let fixture = fixture();
    let student = fixture.student("haneul");
    let id = student.session.user;
    // Of the password "imported", with one round.
    let encoded = "pbkdf2_sha256$1$salt$kLeiBltUyAxexAmuEJ6h4KHvjZyIM/CUp+i3/epgZ2Y=".to_owned();
    let imported = PasswordHash { encoded: encoded.clone(), version: 0 };
    let stored = move |fixture: &Fixture| fixture.write(move |uow| uow.accounts().find_password(id)).unwrap();
    fixture.write(move |uow| {
        let old = uow.accounts().find_password(id)?.unwrap();
        uow.accounts().save_password(id, &old, &imported)
    });
    assert!(is_refused(&fixture.log_in("haneul", "wrong")));
    assert_eq!(stored(&fixture).encoded, encoded);
    fixture.must_log_in("haneul", "imported");
    assert!(stored(&fixture).encoded.starts_with("$2b$") && stored(&fixture).version > 0);
    fixture.must_log_in("haneul", "imported");
}

#[test]
fn auth_7_a_session_keeps_its_delivery() {
    let fixture = fixture();
    fixture.student("haneul");
    let session = signed_in(fixture.log_in_as("haneul", PASSWORD, HERE, None, in_body())).session;
    assert_eq!(session.delivery, Delivery::Body);
}

#[test]
fn auth_10_the_oldest_of_too_many_sessions_ends() {
    let fixture = fixture();
    let student = fixture.student("haneul");
    let sessions: Vec<_> = (0..10).map(|_| fixture.must_log_in("haneul", PASSWORD).session).collect();
    assert!(matches!(fixture.authenticate(&student.session), Err(AuthenticateError::SessionRevoked)));
    assert_eq!(live_sessions(&fixture, student.session.user).len(), 10);
    assert!(fixture.authenticate(&sessions[0]).is_ok());
}

#[test]
fn auth_12_a_login_ends_the_session_of_the_browsers_cookie() {
    let fixture = fixture();
    let before = fixture.student("haneul").session;
    let session = NewSession { browser: Some(fixture.presented(&before)), ..NewSession::default() };
    let after = signed_in(fixture.log_in_as("haneul", PASSWORD, HERE, None, session)).session;
    assert_ne!(after.id, before.id);
    assert!(matches!(fixture.authenticate(&before), Err(AuthenticateError::SessionRevoked)));
    assert!(fixture.authenticate(&after).is_ok());
}

#[test]
fn auth_17_five_failures_close_a_name_to_one_network_alone() {
    let fixture = fixture();
    fixture.student("haneul");
    for name in ["haneul", "nobody"] {
        assert!((0..5).all(|_| is_refused(&fail(&fixture, name, HERE))));
        let wait = wait(&fixture.log_in(name, PASSWORD)).unwrap();
        assert!(wait > TimeDelta::minutes(14) && wait <= TimeDelta::minutes(15), "{wait}");
        assert!(is_refused(&fail(&fixture, name, ELSEWHERE)));
    }
    assert_eq!(fixture.events(), ["login_throttled", "login_throttled"]);
    fixture.advance(TimeDelta::minutes(15));
    fixture.must_log_in("haneul", PASSWORD);
}

#[test]
fn s_49_a_success_empties_the_own_bucket_only() {
    let fixture = fixture();
    fixture.student("haneul");
    for _ in 0..4 {
        fail(&fixture, "haneul", HERE);
        fail(&fixture, "haneul", ELSEWHERE);
    }
    fixture.must_log_in("haneul", PASSWORD);
    assert!((0..5).all(|_| is_refused(&fail(&fixture, "haneul", HERE))));
    assert!(is_refused(&fail(&fixture, "haneul", ELSEWHERE)));
    assert!(wait(&fail(&fixture, "haneul", ELSEWHERE)).is_some());
}

#[test]
fn auth_17_strangers_never_lock_a_known_device_out() {
    let fixture = fixture();
    let cookie = fixture.student("haneul").device_cookie;
    for _ in 0..6 {
        fail(&fixture, "haneul", HERE);
    }
    assert!(wait(&fixture.log_in("haneul", PASSWORD)).is_some());
    let with_device =
        |password| fixture.log_in_as("haneul", password, HERE, cookie.clone(), NewSession::default());
    assert_eq!(signed_in(with_device(PASSWORD)).device_cookie, None, "the device is known");
    assert!((0..5).all(|_| is_refused(&with_device("wrong"))));
    assert!(wait(&with_device(PASSWORD)).is_some(), "its allowance ends too");
    let foreign = fixture.student("baram").device_cookie;
    let strange = fixture.log_in_as("haneul", PASSWORD, HERE, foreign, NewSession::default());
    assert!(wait(&strange).is_some(), "a device is known to its own user only");
}

#[test]
fn auth_17_a_name_that_fails_everywhere_waits_everywhere() {
    let mut fixture = fixture();
    fixture.world.policy.auth.login_failures_per_name_hour = 8;
    fixture.student("haneul");
    let network = |n: u8| IpAddr::from([10, 0, n, 1]);
    assert!((0..8).all(|n| is_refused(&fail(&fixture, "haneul", network(n)))));
    let first = wait(&fail(&fixture, "haneul", network(8)));
    assert!(first.is_none_or(|wait| wait <= TimeDelta::seconds(60)));
    fixture.advance(TimeDelta::seconds(60));
    assert!(is_refused(&fail(&fixture, "haneul", network(9))));
    let attempt = fixture.log_in_as("haneul", PASSWORD, network(10), None, NewSession::default());
    assert!(wait(&attempt).is_some_and(|wait| wait <= TimeDelta::seconds(60)));
    fixture.advance(TimeDelta::seconds(60));
    signed_in(fixture.log_in_as("haneul", PASSWORD, network(10), None, NewSession::default()));
}

on_each_database! {
    fn con_7_s_27_of_parallel_logins_all_succeed_and_ten_remain(database) {
        let fixture = fixture_on(database);
        let user = fixture.student("haneul").session.user;
        let sessions: Vec<Session> = thread::scope(|scope| {
            let runs: Vec<_> = (0..30).map(|_| scope.spawn(|| fixture.must_log_in("haneul", PASSWORD).session)).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert_eq!(sessions.len(), 30);
        assert_eq!(live_sessions(&fixture, user).len(), 10);
    }

    fn auth_17_parallel_failures_are_all_counted(database) {
        let fixture = fixture_on(database);
        fixture.student("haneul");
        let refused: usize = thread::scope(|scope| {
            let runs: Vec<_> = (0..12).map(|_| scope.spawn(|| is_refused(&fail(&fixture, "haneul", HERE)))).collect();
            runs.into_iter().map(|run| usize::from(run.join().unwrap())).sum()
        });
        assert!(refused >= 5);
        assert!(wait(&fixture.log_in("haneul", PASSWORD)).is_some());
    }
}
