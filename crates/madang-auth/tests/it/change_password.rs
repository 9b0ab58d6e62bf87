use crate::fixture::{Fixture, HERE, PASSWORD, fixture, kinds};
use chrono::TimeDelta;
use madang_auth::change_password::{
    ChangePasswordOutcome, ChangePasswordStart, FinishChangePassword, begin_change_password,
    finish_change_password,
};
use madang_auth::log_in::LogInOutcome;
use madang_auth::passwords::{Attempt, Change, Password};
use madang_auth::refresh::{RefreshOutcome, refresh};
use madang_domain::sessions::{AuthenticateError, Delivery, Session};
use madang_domain::store::StoreError;

const NEW: &str = "staple horse battery";

/// The whole change as the door runs it; throttled at the start or at the end alike.
fn change(fixture: &Fixture, session: &Session, present: &str) -> ChangePasswordOutcome {
    let (ctx, keys) = (fixture.ctx(session), fixture.keys.clone());
    let asked = ctx.clone();
    let start = fixture
        .store
        .read_blocking::<_, StoreError, _>(move |uow| begin_change_password(uow, &asked, &keys, HERE))
        .unwrap();
    let challenge = match start {
        ChangePasswordStart::Challenge(challenge) => challenge,
        ChangePasswordStart::Throttled { retry_after } => {
            return ChangePasswordOutcome::Throttled { retry_after };
        }
    };
    assert_eq!(challenge.context, ["haneul", "haneul", "haneul@hanbit.test", "Hanbit"]);
    let compared = Attempt {
        password: Password::new(present.to_owned()),
        stored: Some(challenge.stored.clone()),
        imported_left: challenge.imported_left,
    };
    let change = match fixture.hasher.matches(&compared).unwrap() {
        true => Change::Made(fixture.hash(NEW)),
        false => Change::Refused,
    };
    let finish = FinishChangePassword { challenge, change, address: HERE };
    let (keys, tokens) = (fixture.keys.clone(), fixture.tokens.clone());
    fixture.write(move |uow| finish_change_password(uow, &ctx, &keys, &tokens, &finish))
}

fn refreshes(fixture: &Fixture, session: &Session) -> bool {
    let (moment, tokens, presented) = (fixture.moment(), fixture.tokens.clone(), fixture.presented(session));
    let outcome = fixture.write(move |uow| refresh(uow, &moment, &tokens, &presented, Delivery::Cookie));
    matches!(outcome, RefreshOutcome::Refreshed(_))
}

#[test]
fn auth_13_s_34_a_change_ends_the_other_sessions_and_gives_this_one_new_tokens() {
    let fixture = fixture();
    let this = fixture.student("haneul").session;
    let other = fixture.must_log_in("haneul", PASSWORD).session;
    fixture.mails();
    let ChangePasswordOutcome::Changed(renewed) = change(&fixture, &this, PASSWORD) else { panic!() };
    assert_eq!(renewed.id, this.id);
    assert!(matches!(fixture.authenticate(&other), Err(AuthenticateError::SessionRevoked)));
    assert!(fixture.authenticate(&this).is_ok());
    assert!(!refreshes(&fixture, &this), "tokens of before are dead, within the grace too");
    assert!(refreshes(&fixture, &renewed));
    assert!(matches!(fixture.log_in("haneul", PASSWORD), LogInOutcome::InvalidCredentials));
    fixture.must_log_in("haneul", NEW);
    assert_eq!(kinds(&fixture.mails()), ["password_changed"]);
    assert_eq!(fixture.events(), ["password_changed"]);
}

#[test]
fn auth_15_s_33_a_wrong_present_password_counts_as_a_failed_login() {
    let fixture = fixture();
    let session = fixture.student("haneul").session;
    for _ in 0..5 {
        assert!(matches!(change(&fixture, &session, "wrong"), ChangePasswordOutcome::ReauthenticationFailed));
    }
    assert!(matches!(change(&fixture, &session, PASSWORD), ChangePasswordOutcome::Throttled { .. }));
    assert!(matches!(fixture.log_in("haneul", PASSWORD), LogInOutcome::Throttled { .. }));
    fixture.advance(TimeDelta::minutes(15));
    assert!(matches!(change(&fixture, &session, PASSWORD), ChangePasswordOutcome::Changed(_)));
}
