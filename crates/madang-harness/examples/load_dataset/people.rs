//! Schools and their students.

use crate::bulk::write_all;
use crate::ids::IdMap;
use crate::tsv::Table;
use madang_domain::accounts::{
    AccountState, Email, NewUser, Nickname, PasswordHash, Settings, User, Username,
};
use madang_domain::ids::{SchoolId, UserId};
use madang_domain::language::Language;
use madang_domain::policy::AccountsPolicy;
use madang_domain::schools::SchoolSettings;
use madang_domain::store::Store;
use std::collections::HashMap;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;

/// The year in which the dataset begins.
const ADMISSION_YEAR: i32 = 2023;

/// Loads the schools, as old as the oldest of their students.
pub(crate) fn load_schools(store: &Arc<dyn Store>, folder: &Path) -> Result<IdMap<SchoolId>, Box<dyn Error>> {
    let begun =
        Table::read(folder, "users")?.rows().next().ok_or("there are no users")?.instant("created_at")?;
    let mut ids = IdMap::new();
    let mut schools = Vec::new();
    for row in Table::read(folder, "schools")?.rows() {
        schools.push((ids.give(row.number("id")?, begun), SchoolSettings::named(row.text("name")?)));
    }
    write_all(store, schools, move |uow, (id, settings)| uow.schools().add(*id, settings, begun))?;
    Ok(ids)
}

/// Loads the users: students with a proven address, who all have `password`.
pub(crate) fn load_users(
    store: &Arc<dyn Store>,
    folder: &Path,
    schools: &IdMap<SchoolId>,
    password: &PasswordHash,
) -> Result<IdMap<UserId>, Box<dyn Error>> {
    let policy = AccountsPolicy::default();
    let mut ids = IdMap::new();
    let mut users = Vec::new();
    let mut members: HashMap<SchoolId, i64> = HashMap::new();
    for row in Table::read(folder, "users")?.rows() {
        let (number, created_at) = (row.number("id")?, row.instant("created_at")?);
        let refused = |error| format!("user {number} is refused: {error:?}");
        let user = User {
            id: ids.give(number, created_at),
            school: schools.find(row.number("school_id")?)?,
            username: Username::parse(&format!("user{number}"), &policy).map_err(refused)?,
            nickname: Nickname::parse(row.text("nickname")?, &policy).map_err(refused)?,
            nickname_changed_at: None,
            email: Email::parse(row.text("email")?).map_err(refused)?,
            email_verified_at: Some(created_at),
            pending_email: None,
            is_staff: false,
            is_superuser: false,
            state: AccountState::Active,
            state_until: None,
            enrolment_verified_at: Some(created_at),
            epoch: 0,
            admission_year: ADMISSION_YEAR,
            settings: Settings::new(Language::Korean),
            created_at,
            updated_at: created_at,
            withdrawn_at: None,
        };
        *members.entry(user.school).or_default() += 1;
        users.push(NewUser { user, password: password.clone(), enrolment: None });
    }
    write_all(store, users, |uow, user| uow.accounts().add(user))?;
    let members: Vec<_> = members.into_iter().collect();
    write_all(store, members, |uow, (school, count)| uow.schools().bump_members(*school, *count))?;
    Ok(ids)
}
