//! A school and users in it.

use crate::support::noon;
use chrono::TimeDelta;
use madang_domain::accounts::{
    AccountState, Email, NewUser, Nickname, PasswordHash, Settings, User, Username,
};
use madang_domain::ids::SchoolId;
use madang_domain::language::Language;
use madang_domain::schools::SchoolSettings;
use madang_domain::store::{Store, StoreError};
use uuid::Uuid;

pub(crate) fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

/// The school Hanbit with one user, haneul.
pub(crate) fn people(store: &(dyn Store + 'static)) -> (SchoolId, User) {
    let school = Uuid::from_u128(7).into();
    store
        .write_blocking::<_, StoreError, _>(move |uow| {
            uow.schools().add(school, &SchoolSettings::named("Hanbit"), noon())
        })
        .unwrap();
    (school, add_user(store, user(school, "haneul", 1)))
}

/// A guest, the `n`-th, who signed up `n` seconds after noon.
pub(crate) fn user(school: SchoolId, name: &str, n: u8) -> User {
    let at = noon() + TimeDelta::seconds(n.into());
    User {
        id: Uuid::from_u128(100 + u128::from(n)).into(),
        school,
        username: Username::stored(name.to_owned()),
        nickname: Nickname::stored(format!("{name}{n}")),
        nickname_changed_at: None,
        email: email(&format!("{name}@hanbit.test")),
        email_verified_at: None,
        pending_email: None,
        is_staff: false,
        is_superuser: false,
        state: AccountState::Active,
        state_until: None,
        enrolment_verified_at: None,
        epoch: 0,
        admission_year: 2026,
        settings: Settings::new(Language::Korean),
        created_at: at,
        updated_at: at,
        withdrawn_at: None,
    }
}

pub(crate) fn add_user(store: &(dyn Store + 'static), user: User) -> User {
    let password = PasswordHash { encoded: "!".to_owned(), version: 1 };
    let new = NewUser { user: user.clone(), password, enrolment: None };
    store.write_blocking::<_, StoreError, _>(move |uow| uow.accounts().add(&new)).unwrap();
    user
}
