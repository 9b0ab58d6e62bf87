use crate::fixture::{fixture, fixture_on, kinds};
use madang_auth::open_session::NewSession;
use madang_auth::sign_up::{SignUpDraft, SignUpError, SignUpFindings, examine_sign_up, repeat_sign_up};
use madang_domain::accounts::{Email, Nickname, Username};
use madang_domain::actor::{CallerStateError, Role};
use madang_domain::store::StoreError;
use madang_domain::text::FieldError;
use madang_testkit::on_each_database;
use std::thread;
use uuid::Uuid;

fn refused(result: Result<impl Sized, SignUpError>) -> Vec<(&'static str, FieldError)> {
    match result {
        Err(SignUpError::Refused(refused)) => refused,
        Err(SignUpError::Store(error)) => panic!("{error:?}"),
        Ok(_) => Vec::new(),
    }
}

#[test]
fn acc_1_every_refused_field_is_named_and_nothing_is_stored() {
    let fixture = fixture();
    fixture.guest("haneul");
    let closed = Uuid::from_u128(8).into();
    fixture.add_school(closed, "Saebom", "saebom.test", true);
    fixture.write(move |uow| {
        let mut school = uow.schools().find(closed)?.unwrap();
        school.settings.is_open = false;
        uow.schools().save(closed, &school.settings, school.updated_at)
    });
    let mut command = fixture.sign_up_command("HANEUL", "hanbit.test");
    command.school = closed;
    let expected = [
        ("school_id", FieldError::Closed),
        ("email", FieldError::DomainNotAllowed),
        ("username", FieldError::Taken),
        ("nickname", FieldError::Taken),
    ];
    fixture.mails();
    assert_eq!(refused(fixture.try_sign_up(&command)), expected);
    assert!(fixture.mails().is_empty());
    command = fixture.sign_up_command("baram", "hanbit.test");
    command.school = Uuid::from_u128(99).into();
    assert_eq!(refused(fixture.try_sign_up(&command)), [("school_id", FieldError::InvalidChoice)]);
}

#[test]
fn acc_1_a_draft_is_judged_as_far_as_it_goes() {
    let fixture = fixture();
    fixture.guest("haneul");
    let accounts = fixture.world.policy.accounts.clone();
    let draft = SignUpDraft {
        school: Some(fixture.school),
        username: Username::parse("Haneul", &accounts).ok(),
        nickname: Nickname::parse("other", &accounts).ok(),
        email: None,
    };
    let examine = |draft: SignUpDraft| {
        fixture.store.read_blocking::<_, StoreError, _>(move |uow| examine_sign_up(uow, &draft)).unwrap()
    };
    let findings = examine(draft);
    assert_eq!(findings.school_name.as_deref(), Some("Hanbit"));
    assert_eq!(findings.refused, [("username", FieldError::Taken)]);
    assert_eq!(examine(SignUpDraft::default()), SignUpFindings::default());
}

#[test]
fn acc_4_a_held_address_answers_alike_and_tells_its_holder_without_a_link() {
    let fixture = fixture();
    let holder = fixture.student("haneul");
    fixture.mails();
    let mut command = fixture.sign_up_command("baram", "hanbit.test");
    command.email = Email::parse(" HANEUL@ｈａｎｂｉｔ.test").unwrap();
    let second = fixture.try_sign_up(&command).unwrap();
    assert_eq!(second.me.member.user.email.as_str(), "HANEUL@hanbit.test");
    let mails = fixture.mails();
    assert_eq!(kinds(&mails), ["address_in_use"]);
    assert_eq!(mails[0].to, holder.me.member.user.email.as_str());
    assert_eq!(mails[0].letter.username(), "haneul");
    assert_eq!(mails[0].letter.link(), None);
}

#[test]
fn acc_5_signs_in_as_a_guest_who_is_told_what_is_missing() {
    let fixture = fixture();
    let signed_in = fixture.guest("haneul");
    let actor = fixture.authenticate(&signed_in.session).unwrap();
    assert_eq!((actor.role, actor.school), (Role::Guest, fixture.school));
    assert_eq!(actor.check_role(Role::Student), Err(CallerStateError::EmailUnverified));
    assert_eq!(signed_in.me.member.school.name, "Hanbit");
    assert!(signed_in.device_cookie.is_some());
    assert_eq!(fixture.member_count(), 0);
    assert_eq!(kinds(&fixture.mails()), ["verify_email"]);
}

#[test]
fn acc_9_other_domains_are_refused_where_only_the_schools_are_allowed() {
    let fixture = fixture();
    let strict = Uuid::from_u128(8).into();
    fixture.add_school(strict, "Saebom", "saebom.test", true);
    let sign_up = |name, domain| {
        let mut command = fixture.sign_up_command(name, domain);
        command.school = strict;
        refused(fixture.try_sign_up(&command))
    };
    let not_allowed = [("email", FieldError::DomainNotAllowed)];
    assert_eq!(sign_up("haneul", "saebom.test.evil.test"), not_allowed);
    assert_eq!(sign_up("haneul", "xsaebom.test"), not_allowed);
    assert_eq!(sign_up("haneul", "mail.saebom.test"), []);
}

#[test]
fn a_repeated_sign_up_gives_the_same_user_a_session_more() {
    let fixture = fixture();
    let first = fixture.guest("haneul");
    let (moment, keys, tokens, user) =
        (fixture.moment(), fixture.keys.clone(), fixture.tokens.clone(), first.session.user);
    let again = fixture
        .write(move |uow| repeat_sign_up(uow, &moment, &keys, &tokens, user, &NewSession::default()))
        .unwrap();
    assert_eq!(again.me.member.user.id, user);
    assert_ne!(again.session.id, first.session.id);
    assert!(fixture.authenticate(&again.session).is_ok());
}

on_each_database! {
    fn con_6_of_parallel_sign_ups_with_one_name_one_succeeds(database) {
        let fixture = fixture_on(database);
        let commands: Vec<_> = (0..8)
            .map(|n| {
                let mut command = fixture.sign_up_command("haneul", "hanbit.test");
                command.email = Email::parse(&format!("haneul{n}@hanbit.test")).unwrap();
                command
            })
            .collect();
        let results: Vec<_> = thread::scope(|scope| {
            let runs: Vec<_> = commands.iter().map(|command| scope.spawn(|| fixture.try_sign_up(command))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        for result in results.into_iter().filter(Result::is_err) {
            assert_eq!(refused(result), [("username", FieldError::Taken), ("nickname", FieldError::Taken)]);
        }
    }
}
