use crate::fixture::{Fixture, fixture, fixture_on};
use madang_domain::accounts::{ChangeUser, ChangeUserError, GivenRole, Member, change_user, find_user};
use madang_domain::actor::Role;
use madang_domain::boards::{BoardCategory, BoardFlags, NewBoard};
use madang_domain::ids::{SchoolId, UserId};
use madang_domain::sessions::Session;
use madang_testkit::on_each_database;
use std::thread;
use uuid::Uuid;

fn admin(fixture: &Fixture, name: &str) -> Session {
    let session = fixture.student(name).session;
    fixture.edit(session.user, |user| (user.is_staff, user.is_superuser) = (true, true));
    session
}

fn change(
    fixture: &Fixture,
    admin: &Session,
    id: UserId,
    command: ChangeUser,
) -> Result<Member, ChangeUserError> {
    let ctx = fixture.ctx(admin);
    fixture.store.write_blocking(move |uow| change_user(uow, &ctx, id, &command, &|_| true))
}

fn role(role: GivenRole) -> ChangeUser {
    ChangeUser { role: Some(role), ..ChangeUser::default() }
}

fn enrolment(verified: bool) -> ChangeUser {
    ChangeUser { enrolment_verified: Some(verified), ..ChangeUser::default() }
}

fn members(fixture: &Fixture, school: SchoolId) -> i64 {
    fixture.write(move |uow| uow.schools().find(school)).unwrap().member_count
}

fn second_school(fixture: &Fixture) -> SchoolId {
    let school = Uuid::from_u128(8).into();
    fixture.add_school(school, "Saebom", "saebom.test", true);
    school
}

fn add_managed_board(fixture: &Fixture, manager: UserId) {
    let board = NewBoard {
        id: Uuid::from_u128(50).into(),
        school_id: fixture.school,
        name: "Free".to_owned(),
        description: String::new(),
        category: BoardCategory::Group,
        flags: BoardFlags::default(),
        manager_id: Some(manager),
        created_at: fixture.world.now(),
    };
    fixture.write(move |uow| uow.boards().add(&board));
}

#[test]
fn acc_22_a_role_applies_to_the_next_request_and_is_audited() {
    let fixture = fixture();
    let admin = admin(&fixture, "admins");
    let student = fixture.student("haneul").session;
    for (given, expected) in [
        (GivenRole::Moderator, Role::Moderator),
        (GivenRole::Admin, Role::Admin),
        (GivenRole::Student, Role::Student),
    ] {
        let member = change(&fixture, &admin, student.user, role(given)).unwrap();
        assert_eq!(member.user.role(), expected);
        assert_eq!(fixture.authenticate(&student).unwrap().role, expected);
    }
    assert_eq!(fixture.events(), ["role_changed"; 3]);
    let entry = fixture.audit().remove(0);
    assert_eq!((entry.actor, entry.subject), (Some(admin.user), Some(student.user)));
    assert_eq!(entry.detail.as_deref(), Some("student -> moderator"));
    let before = fixture.user(student.user);
    change(&fixture, &admin, student.user, role(GivenRole::Student)).unwrap();
    assert_eq!(fixture.user(student.user), before, "no change, no trace");
}

#[test]
fn acc_22_the_last_admin_stays() {
    let fixture = fixture();
    let admin = admin(&fixture, "admins");
    let lost = change(&fixture, &admin, admin.user, role(GivenRole::Moderator));
    assert!(matches!(lost, Err(ChangeUserError::LastAdmin)));
    assert_eq!(fixture.authenticate(&admin).unwrap().role, Role::Admin);
}

#[test]
fn acc_9_sch_3_the_proof_of_enrolment_moves_the_count_of_members() {
    let fixture = fixture();
    let admin = admin(&fixture, "admins");
    let guest = fixture.guest("haneul").session;
    assert_eq!(fixture.member_count(), 1);
    change(&fixture, &admin, guest.user, enrolment(true)).unwrap();
    change(&fixture, &admin, guest.user, enrolment(true)).unwrap();
    assert_eq!((fixture.authenticate(&guest).unwrap().role, fixture.member_count()), (Role::Student, 2));
    change(&fixture, &admin, guest.user, role(GivenRole::Moderator)).unwrap();
    change(&fixture, &admin, guest.user, enrolment(false)).unwrap();
    change(&fixture, &admin, guest.user, enrolment(false)).unwrap();
    assert_eq!((fixture.authenticate(&guest).unwrap().role, fixture.member_count()), (Role::Guest, 1));
}

#[test]
fn sch_3_another_school_makes_a_guest_there_and_ends_the_role() {
    let fixture = fixture();
    let (admin, other) = (admin(&fixture, "admins"), second_school(&fixture));
    let student = fixture.student("haneul").session;
    change(&fixture, &admin, student.user, role(GivenRole::Moderator)).unwrap();
    let moved = ChangeUser { school: Some(other), ..ChangeUser::default() };
    let member = change(&fixture, &admin, student.user, moved.clone()).unwrap();
    assert_eq!((member.school.name.as_str(), member.user.role()), ("Saebom", Role::Guest));
    assert_eq!(fixture.authenticate(&student).unwrap().school, other);
    assert_eq!((fixture.member_count(), members(&fixture, other)), (1, 0));
    let back = ChangeUser {
        school: Some(fixture.school),
        enrolment_verified: Some(true),
        role: Some(GivenRole::Moderator),
    };
    let member = change(&fixture, &admin, student.user, back).unwrap();
    assert_eq!(member.user.role(), Role::Moderator);
    assert_eq!((fixture.member_count(), members(&fixture, other)), (2, 0));
    let proven = ChangeUser { enrolment_verified: Some(true), ..moved };
    assert_eq!(change(&fixture, &admin, student.user, proven).unwrap().user.role(), Role::Student);
    assert_eq!((fixture.member_count(), members(&fixture, other)), (1, 1));
    let nowhere = ChangeUser { school: Some(Uuid::nil().into()), ..ChangeUser::default() };
    let refused = change(&fixture, &admin, student.user, nowhere);
    assert!(matches!(refused, Err(ChangeUserError::SchoolNotFound)));
}

#[test]
fn acc_22_who_manages_a_board_stays_in_its_school() {
    let fixture = fixture();
    let (admin, other) = (admin(&fixture, "admins"), second_school(&fixture));
    let student = fixture.student("haneul").session;
    add_managed_board(&fixture, student.user);
    let moved = ChangeUser { school: Some(other), ..ChangeUser::default() };
    for command in [moved, enrolment(false)] {
        match change(&fixture, &admin, student.user, command) {
            Err(ChangeUserError::ManagesBoard { boards }) => assert_eq!(boards, [Uuid::from_u128(50).into()]),
            other => panic!("{other:?}"),
        }
    }
    change(&fixture, &admin, student.user, role(GivenRole::Moderator)).unwrap();
    assert_eq!(fixture.member_count(), 2);
}

#[test]
fn a_change_under_a_stale_precondition_or_of_nobody_is_refused() {
    let fixture = fixture();
    let admin = admin(&fixture, "admins");
    let (ctx, id) = (fixture.ctx(&admin), admin.user);
    let result = fixture
        .store
        .write_blocking(move |uow| change_user(uow, &ctx, id, &role(GivenRole::Student), &|_| false));
    assert!(matches!(result, Err(ChangeUserError::PreconditionFailed)));
    let nobody = change(&fixture, &admin, Uuid::nil().into(), role(GivenRole::Student));
    assert!(matches!(nobody, Err(ChangeUserError::NotFound)));
    assert_eq!(fixture.write(|uow| find_user(uow, Uuid::nil().into())), None);
}

on_each_database! {
    fn acc_22_parallel_changes_leave_an_admin(database) {
        let fixture = fixture_on(database);
        let admins: Vec<_> = (0..3).map(|n| admin(&fixture, &format!("admin{n}"))).collect();
        thread::scope(|scope| {
            for admin in &admins {
                scope.spawn(|| {
                    let ctx = fixture.world.moment().acting(fixture.authenticate(&admins[0]).unwrap());
                    let id = admin.user;
                    let _ = fixture.store.write_blocking(move |uow| {
                        change_user(uow, &ctx, id, &role(GivenRole::Student), &|_| true)
                    });
                });
            }
        });
        assert_eq!(fixture.write(|uow| uow.accounts().count_admins()), 1);
    }
}
