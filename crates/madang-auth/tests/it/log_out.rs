use crate::fixture::{Fixture, PASSWORD, fixture};
use madang_auth::access_tokens::AccessClaims;
use madang_auth::log_out::{LogOut, log_out};
use madang_auth::sessions::{EndSessionError, end_session, end_sessions_of, list_sessions, log_out_all};
use madang_domain::ids::SessionId;
use madang_domain::paging::PageRequest;
use madang_domain::sessions::{AuthenticateError, Session};
use uuid::Uuid;

fn is_revoked(fixture: &Fixture, session: &Session) -> bool {
    matches!(fixture.authenticate(session), Err(AuthenticateError::SessionRevoked))
}

fn out(fixture: &Fixture, command: LogOut) {
    let (moment, tokens) = (fixture.moment(), fixture.tokens.clone());
    fixture.write(move |uow| log_out(uow, &moment, &tokens, &command));
}

fn end(fixture: &Fixture, session: &Session, id: SessionId) -> Result<(), EndSessionError> {
    let ctx = fixture.ctx(session);
    fixture.store.write_blocking(move |uow| end_session(uow, &ctx, id))
}

#[test]
fn auth_5_a_token_of_no_session_of_the_user_is_invalid() {
    let fixture = fixture();
    let one = fixture.student("haneul").session;
    let other = fixture.student("baram").session;
    let mixed = Session { user: other.user, ..one.clone() };
    assert!(matches!(fixture.authenticate(&mixed), Err(AuthenticateError::InvalidToken)));
    let unknown = Session { id: Uuid::nil().into(), ..one };
    assert!(matches!(fixture.authenticate(&unknown), Err(AuthenticateError::InvalidToken)));
}

#[test]
fn auth_12_logout_ends_every_session_that_the_request_proves() {
    let fixture = fixture();
    let bearer = fixture.student("haneul").session;
    let cookie = fixture.must_log_in("haneul", PASSWORD).session;
    let kept = fixture.must_log_in("haneul", PASSWORD).session;
    let claims = AccessClaims { user: bearer.user, session: bearer.id };
    out(&fixture, LogOut { bearer: Some(claims), presented: vec![fixture.presented(&cookie)] });
    assert!(is_revoked(&fixture, &bearer) && is_revoked(&fixture, &cookie));
    assert!(fixture.authenticate(&kept).is_ok());
    out(&fixture, LogOut::default());
    let forged = Session { nonce: [1; 16], ..kept.clone() };
    out(&fixture, LogOut { bearer: None, presented: vec![fixture.presented(&forged)] });
    assert!(fixture.authenticate(&kept).is_ok());
}

#[test]
fn auth_13_logout_all_ends_every_session_of_the_user_alone() {
    let fixture = fixture();
    let one = fixture.student("haneul").session;
    let two = fixture.must_log_in("haneul", PASSWORD).session;
    let other = fixture.student("baram").session;
    let ctx = fixture.ctx(&one);
    fixture.write(move |uow| log_out_all(uow, &ctx));
    assert!(is_revoked(&fixture, &one) && is_revoked(&fixture, &two));
    assert!(fixture.authenticate(&other).is_ok());
    assert_eq!(fixture.events(), ["sessions_ended"]);
}

#[test]
fn auth_19_s_26_sessions_are_their_owners_to_see_and_end() {
    let fixture = fixture();
    let one = fixture.student("haneul").session;
    let two = fixture.must_log_in("haneul", PASSWORD).session;
    let other = fixture.student("baram").session;
    let ctx = fixture.ctx(&one);
    let page = fixture.write(move |uow| list_sessions(uow, &ctx, PageRequest { page: 1, page_size: 20 }));
    assert_eq!(page.items.iter().map(|session| session.id).collect::<Vec<_>>(), [two.id, one.id]);
    assert!(matches!(end(&fixture, &other, one.id), Err(EndSessionError::NotFound)));
    end(&fixture, &one, two.id).unwrap();
    assert!(is_revoked(&fixture, &two));
    assert!(matches!(end(&fixture, &one, two.id), Err(EndSessionError::NotFound)));
}

#[test]
fn auth_19_s_32_an_admin_ends_all_sessions_of_a_user_with_a_reason() {
    let fixture = fixture();
    let victim = fixture.student("haneul").session;
    let admin = fixture.student("baram").session;
    let (ctx, user) = (fixture.ctx(&admin), victim.user);
    fixture.store.write_blocking(move |uow| end_sessions_of(uow, &ctx, user, "stolen phone")).unwrap();
    assert!(is_revoked(&fixture, &victim) && fixture.authenticate(&admin).is_ok());
    let entry = fixture.audit().pop().unwrap();
    assert_eq!((entry.actor, entry.subject), (Some(admin.user), Some(victim.user)));
    assert_eq!(entry.reason.as_deref(), Some("stolen phone"));
    let ctx = fixture.ctx(&admin);
    let nobody = Uuid::nil().into();
    let ended = fixture.store.write_blocking(move |uow| end_sessions_of(uow, &ctx, nobody, "reason"));
    assert!(matches!(ended, Err(EndSessionError::NotFound)));
}
