use crate::fixture::{Fixture, fixture, fixture_on, kinds, secret};
use chrono::TimeDelta;
use madang_auth::resend_verification::{ResendVerificationError, resend_verification};
use madang_auth::verify_email::{EmailVerified, VerifyEmailError};
use madang_domain::accounts::{Email, LinkPurpose};
use madang_domain::actor::{CallerStateError, Role};
use madang_domain::outbox::LinkSecret;
use madang_domain::sessions::Session;
use madang_testkit::on_each_database;
use std::thread;

fn resend(fixture: &Fixture, session: &Session) -> Result<(), ResendVerificationError> {
    let ctx = fixture.ctx(session);
    fixture.store.write_blocking(move |uow| resend_verification(uow, &ctx))
}

fn only_secret(fixture: &Fixture) -> LinkSecret {
    let mails = fixture.mails();
    assert_eq!(kinds(&mails), ["verify_email"]);
    secret(&mails[0])
}

#[test]
fn acc_6_a_link_works_once_and_in_time() {
    let fixture = fixture();
    fixture.guest("haneul");
    let link = only_secret(&fixture);
    assert!(matches!(fixture.verify(&LinkSecret([0; 32])), Err(VerifyEmailError::LinkInvalid)));
    let verified = EmailVerified { purpose: LinkPurpose::VerifyEmail, enrolment_verified: true };
    assert_eq!(fixture.verify(&link).unwrap(), verified);
    assert!(matches!(fixture.verify(&link), Err(VerifyEmailError::LinkInvalid)));
    fixture.guest("baram");
    let late = only_secret(&fixture);
    fixture.advance(TimeDelta::minutes(15));
    assert!(matches!(fixture.verify(&late), Err(VerifyEmailError::LinkInvalid)));
}

#[test]
fn acc_6_only_the_newest_link_works_and_the_next_waits() {
    let fixture = fixture();
    let guest = fixture.guest("haneul");
    let old = only_secret(&fixture);
    match resend(&fixture, &guest.session) {
        Err(ResendVerificationError::TooSoon { retry_after }) => {
            assert!(retry_after > TimeDelta::zero() && retry_after < TimeDelta::seconds(180));
        }
        other => panic!("{other:?}"),
    }
    fixture.advance(TimeDelta::seconds(180));
    resend(&fixture, &guest.session).unwrap();
    let new = only_secret(&fixture);
    assert!(matches!(fixture.verify(&old), Err(VerifyEmailError::LinkInvalid)));
    fixture.verify(&new).unwrap();
    fixture.advance(TimeDelta::seconds(180));
    resend(&fixture, &guest.session).unwrap();
    assert!(fixture.mails().is_empty(), "a proven address gets no mail");
}

#[test]
fn acc_4_resending_tells_nothing_of_a_held_address() {
    let fixture = fixture();
    fixture.student("haneul");
    let mut command = fixture.sign_up_command("baram", "hanbit.test");
    command.email = Email::parse("haneul@hanbit.test").unwrap();
    let guest = fixture.try_sign_up(&command).unwrap();
    fixture.mails();
    assert!(matches!(resend(&fixture, &guest.session), Err(ResendVerificationError::TooSoon { .. })));
    fixture.advance(TimeDelta::seconds(180));
    resend(&fixture, &guest.session).unwrap();
    assert_eq!(kinds(&fixture.mails()), ["address_in_use"]);
}

#[test]
fn acc_7_the_first_opened_link_wins_the_address() {
    let fixture = fixture();
    for name in ["haneul", "baram"] {
        let mut command = fixture.sign_up_command(name, "hanbit.test");
        command.email = Email::parse("shared@hanbit.test").unwrap();
        fixture.try_sign_up(&command).unwrap();
    }
    let links: Vec<_> = fixture.mails().iter().map(secret).collect();
    fixture.verify(&links[1]).unwrap();
    assert!(matches!(fixture.verify(&links[0]), Err(VerifyEmailError::EmailInUse)));
    assert_eq!(fixture.member_count(), 1);
}

#[test]
fn acc_8_an_address_of_the_school_makes_a_student_at_once() {
    let fixture = fixture();
    let guest = fixture.try_sign_up(&fixture.sign_up_command("haneul", "mail.hanbit.test")).unwrap();
    assert_eq!(fixture.member_count(), 0);
    fixture.verify(&only_secret(&fixture)).unwrap();
    assert_eq!(fixture.authenticate(&guest.session).unwrap().role, Role::Student);
    assert_eq!(fixture.member_count(), 1);
}

#[test]
fn acc_9_another_address_proves_itself_only() {
    let fixture = fixture();
    let guest = fixture.try_sign_up(&fixture.sign_up_command("haneul", "hanbit.test.evil.test")).unwrap();
    let verified = fixture.verify(&only_secret(&fixture)).unwrap();
    assert!(!verified.enrolment_verified);
    let actor = fixture.authenticate(&guest.session).unwrap();
    assert_eq!(actor.check_role(Role::Student), Err(CallerStateError::EnrolmentUnverified));
    assert_eq!(fixture.member_count(), 0);
}

#[test]
fn acc_10_an_address_proves_one_enrolment_even_after_a_change() {
    let fixture = fixture();
    let first = fixture.student("haneul");
    fixture.edit(first.session.user, |user| user.email = Email::parse("other@example.test").unwrap());
    let mut command = fixture.sign_up_command("baram", "hanbit.test");
    command.email = Email::parse("haneul@hanbit.test").unwrap();
    fixture.try_sign_up(&command).unwrap();
    let link = only_secret(&fixture);
    assert!(matches!(fixture.verify(&link), Err(VerifyEmailError::EmailInUse)));
}

on_each_database! {
    fn con_6_of_parallel_openings_for_one_address_one_succeeds(database) {
        let fixture = fixture_on(database);
        for n in 0..4 {
            let mut command = fixture.sign_up_command(&format!("haneul{n}"), "hanbit.test");
            command.email = Email::parse("shared@hanbit.test").unwrap();
            fixture.try_sign_up(&command).unwrap();
        }
        let links: Vec<_> = fixture.mails().iter().map(secret).collect();
        let results: Vec<_> = thread::scope(|scope| {
            let runs: Vec<_> = links.iter().map(|link| scope.spawn(|| fixture.verify(link))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        let in_use = |result: &&Result<_, _>| matches!(result, Err(VerifyEmailError::EmailInUse));
        assert_eq!(results.iter().filter(in_use).count(), 3, "{results:?}");
        assert_eq!(fixture.member_count(), 1);
    }

    fn con_6_one_link_opened_in_parallel_succeeds_once(database) {
        let fixture = fixture_on(database);
        fixture.guest("haneul");
        let link = only_secret(&fixture);
        let results: Vec<_> = thread::scope(|scope| {
            let runs: Vec<_> = (0..6).map(|_| scope.spawn(|| fixture.verify(&link))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        let invalid = |result: &&Result<_, _>| matches!(result, Err(VerifyEmailError::LinkInvalid));
        assert_eq!(results.iter().filter(invalid).count(), 5, "{results:?}");
        assert_eq!(fixture.member_count(), 1);
    }
}
