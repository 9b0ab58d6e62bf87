use crate::fixture::{Fixture, PASSWORD, fixture};
use madang_auth::open_session::NewSession;
use madang_auth::operator::{OperatorSessionError, open_operator_session};
use madang_domain::accounts::{
    AccountState, CreateAdmin, CreateAdminError, Email, Nickname, Username, create_admin,
};
use madang_domain::actor::Role;
use madang_domain::ids::UserId;
use madang_domain::language::Language;
use madang_domain::sessions::Session;
use madang_domain::text::FieldError;

fn create(fixture: &Fixture, name: &str, school: &str) -> Result<UserId, CreateAdminError> {
    let accounts = &fixture.world.policy.accounts;
    let email = Email::parse(&format!("{name}@hanbit.test")).unwrap();
    let command = CreateAdmin {
        username: Username::parse(name, accounts).unwrap(),
        nickname: Nickname::parse(name, accounts).unwrap(),
        enrolment: fixture.keys.enrolment_proof(&email.key()),
        email,
        school: school.to_owned(),
        password: fixture.hash(PASSWORD),
        language: Language::Korean,
    };
    let moment = fixture.moment();
    fixture.store.write_blocking(move |uow| create_admin(uow, &moment, &command))
}

fn open(fixture: &Fixture, username: &'static str) -> Result<Session, OperatorSessionError> {
    let (moment, tokens) = (fixture.moment(), fixture.tokens.clone());
    fixture.store.write_blocking(move |uow| {
        open_operator_session(uow, &moment, &tokens, username, &NewSession::default())
    })
}

#[test]
fn acc_22_the_command_line_makes_the_first_admin() {
    let fixture = fixture();
    let id = create(&fixture, "haneul", "Hanbit").unwrap();
    let signed_in = fixture.must_log_in("haneul@hanbit.test", PASSWORD);
    assert_eq!(signed_in.me.member.user.id, id);
    assert_eq!(fixture.authenticate(&signed_in.session).unwrap().role, Role::Admin);
    assert_eq!(fixture.member_count(), 1);
    assert_eq!(fixture.events(), ["admin_created"]);
    let other = create(&fixture, "baram", "Saebom").unwrap();
    assert_ne!(fixture.user(other).school, fixture.school, "a school is made for the name");
    match create(&fixture, "haneul", "Hanbit") {
        Err(CreateAdminError::Refused(refused)) => assert_eq!(
            refused,
            [("username", FieldError::Taken), ("nickname", FieldError::Taken), ("email", FieldError::Taken)]
        ),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_operator_opens_a_session_and_leaves_a_trace() {
    let fixture = fixture();
    let student = fixture.student("haneul").session;
    let session = open(&fixture, "HANEUL").unwrap();
    assert!(fixture.authenticate(&session).is_ok());
    assert_eq!(fixture.events(), ["operator_token"]);
    assert!(matches!(open(&fixture, "nobody"), Err(OperatorSessionError::NotFound)));
    fixture.edit(student.user, |user| user.state = AccountState::Banned);
    assert!(matches!(open(&fixture, "haneul"), Err(OperatorSessionError::Banned)));
}
