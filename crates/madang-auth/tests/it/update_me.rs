use crate::fixture::{Fixture, fixture, fixture_on};
use chrono::TimeDelta;
use madang_domain::accounts::{
    Me, Nickname, NotificationKind, SettingsPatch, UpdateMe, UpdateMeError, show_me, update_me,
};
use madang_domain::language::Language;
use madang_domain::sessions::Session;
use madang_testkit::on_each_database;
use std::thread;

fn change(fixture: &Fixture, session: &Session, command: UpdateMe) -> Result<Me, UpdateMeError> {
    let ctx = fixture.ctx(session);
    fixture.store.write_blocking(move |uow| update_me(uow, &ctx, &command, &|_| true))
}

fn rename(fixture: &Fixture, session: &Session, nickname: &str) -> Result<Me, UpdateMeError> {
    let nickname = Nickname::parse(nickname, &fixture.world.policy.accounts).ok();
    change(fixture, session, UpdateMe { nickname, ..UpdateMe::default() })
}

#[test]
fn acc_12_a_nickname_changes_once_in_thirty_days() {
    let fixture = fixture();
    let session = fixture.guest("haneul").session;
    let me = rename(&fixture, &session, "구름").unwrap();
    let available = me.nickname_changeable_at.unwrap();
    assert_eq!(available, fixture.world.now() + TimeDelta::days(30));
    match rename(&fixture, &session, "바람") {
        Err(UpdateMeError::NicknameCooldown { available_at }) => assert_eq!(available_at, available),
        other => panic!("{other:?}"),
    }
    rename(&fixture, &session, "구름").unwrap();
    fixture.advance(TimeDelta::days(29));
    let later = fixture.must_log_in("haneul", crate::fixture::PASSWORD).session;
    fixture.world.clock.set(available);
    assert_eq!(rename(&fixture, &later, "바람").unwrap().member.user.nickname.as_str(), "바람");
}

#[test]
fn acc_3_a_nickname_of_somebody_else_is_taken_in_any_case() {
    let fixture = fixture();
    fixture.guest("haneul");
    let session = fixture.guest("baram").session;
    assert!(matches!(rename(&fixture, &session, "HaNeul"), Err(UpdateMeError::NicknameTaken)));
    rename(&fixture, &session, "BARAM").unwrap();
}

#[test]
fn a_patch_changes_what_it_names_and_nothing_else() {
    let fixture = fixture();
    let session = fixture.guest("haneul").session;
    let settings = SettingsPatch {
        language: Some(Language::English),
        notify: vec![(NotificationKind::Hot, false)],
        ..SettingsPatch::default()
    };
    let command = UpdateMe { admission_year: Some(2020), settings, ..UpdateMe::default() };
    let me = change(&fixture, &session, command).unwrap();
    let user = &me.member.user;
    assert_eq!((user.admission_year, user.settings.language), (2020, Language::English));
    assert!(!user.settings.notifies(NotificationKind::Hot) && user.settings.accept_messages);
    assert_eq!(user.updated_at, fixture.world.now());
    let same = change(&fixture, &session, UpdateMe::default()).unwrap();
    assert_eq!(same, me, "nothing named, nothing touched");
    let ctx = fixture.ctx(&session);
    assert_eq!(fixture.write(move |uow| show_me(uow, &ctx)), me);
}

#[test]
fn a_patch_under_a_stale_precondition_changes_nothing() {
    let fixture = fixture();
    let session = fixture.guest("haneul").session;
    let ctx = fixture.ctx(&session);
    let command = UpdateMe { admission_year: Some(1999), ..UpdateMe::default() };
    let result = fixture
        .store
        .write_blocking(move |uow| update_me(uow, &ctx, &command, &|me| me.member.user.admission_year == 1));
    assert!(matches!(result, Err(UpdateMeError::PreconditionFailed)));
    assert_eq!(fixture.user(session.user).admission_year, 2026);
}

on_each_database! {
    fn con_6_of_parallel_renames_to_one_nickname_one_succeeds(database) {
        let fixture = fixture_on(database);
        let sessions: Vec<_> = (0..4).map(|n| fixture.guest(&format!("user{n}")).session).collect();
        let results: Vec<_> = thread::scope(|scope| {
            let runs: Vec<_> =
                sessions.iter().map(|session| scope.spawn(|| rename(&fixture, session, "구름"))).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
        let taken = |result: &&Result<_, _>| matches!(result, Err(UpdateMeError::NicknameTaken));
        assert_eq!(results.iter().filter(taken).count(), 3, "{results:?}");
    }
}
