//! Schools and the people in them.

use super::Stage;
use super::texts::{NAMES, SchoolText};
use crate::failure::Failure;
use chrono::Datelike;
use madang_auth::login_keys::LoginKeys;
use madang_auth::passwords::{Password, PasswordHasher};
use madang_domain::accounts::{
    AccountState, Email, NewUser, Nickname, PasswordHash, Settings, User, Username,
};
use madang_domain::actor::{Actor, Credential};
use madang_domain::ids::SchoolId;
use madang_domain::language::Language;
use madang_domain::schools::{EmailDomain, SchoolSettings};
use madang_domain::store::StoreError;
use std::num::NonZero;
use std::sync::Arc;
use std::thread;

/// Somebody of the demonstration.
pub(super) struct Person {
    pub(super) actor: Actor,
    username: String,
}

impl Person {
    /// The username with the password.
    pub(super) fn into_login(self) -> (String, String) {
        let password = password(&self.username);
        (self.username, password)
    }
}

fn password(username: &str) -> String {
    format!("madang-demo-{username}")
}

/// Adds a school with a moderator, who comes first, and students. In the first school there is an admin too, who comes
/// last.
pub(super) fn add(
    stage: &Stage<'_>,
    hasher: &PasswordHasher,
    school: &SchoolText,
    number: usize,
    students: usize,
) -> Result<Vec<Person>, Failure> {
    stage.progress.set_message("people");
    let mut names: Vec<(String, String)> =
        (0..=students).map(|n| name(number * (students + 1) + n)).collect();
    if number == 0 {
        names.push(("demoadmin".to_owned(), "데모관리".to_owned()));
    }
    let hashes = hash(stage, hasher, &names)?;
    let moment = stage.at(stage.ago(60));
    let id: SchoolId = moment.fresh();
    let settings = SchoolSettings {
        email_domains: EmailDomain::parse(school.domain).into_iter().collect(),
        ..SchoolSettings::named(school.name)
    };
    let keys = LoginKeys::new(Arc::clone(&stage.local.keys));
    let mut users = Vec::new();
    for (n, ((username, nickname), password)) in names.iter().zip(hashes).enumerate() {
        let email =
            Email::parse(&format!("{username}@{}", school.domain)).map_err(|_| malformed(username))?;
        let is_superuser = number == 0 && n > students;
        let user = User {
            id: moment.fresh(),
            school: id,
            username: Username::stored(username.clone()),
            nickname: Nickname::stored(nickname.clone()),
            nickname_changed_at: None,
            email_verified_at: Some(moment.now),
            pending_email: None,
            is_staff: n == 0 || is_superuser,
            is_superuser,
            state: AccountState::Active,
            state_until: None,
            enrolment_verified_at: Some(moment.now),
            epoch: 0,
            admission_year: moment.now.year() - (n % 4) as i32,
            settings: Settings::new(Language::Korean),
            created_at: moment.now,
            updated_at: moment.now,
            withdrawn_at: None,
            email: email.clone(),
        };
        users.push(NewUser { user, password, enrolment: Some(keys.enrolment_proof(&email.key())) });
    }
    let people = users.iter().map(|new| person(stage, &new.user)).collect();
    let members = users.len() as i64;
    let added: Result<(), StoreError> = stage.local.store().write_blocking(move |uow| {
        uow.schools().add(id, &settings, moment.now)?;
        for user in &users {
            uow.accounts().add(user)?;
        }
        uow.schools().bump_members(id, members)
    });
    added?;
    stage.progress.inc(students as u64);
    Ok(people)
}

fn person(stage: &Stage<'_>, user: &User) -> Person {
    let actor = Actor {
        user: user.id,
        school: user.school,
        role: user.role(),
        email_verified: true,
        restriction: None,
        in_boards: Vec::new(),
        credential: Credential::Session(stage.at(stage.today).fresh()),
    };
    Person { actor, username: user.username.as_str().to_owned() }
}

fn name(n: usize) -> (String, String) {
    let (username, nickname) = NAMES[n % NAMES.len()];
    match n / NAMES.len() {
        0 => (username.to_owned(), nickname.to_owned()),
        round => (format!("{username}{}", round + 1), format!("{nickname}{}", round + 1)),
    }
}

/// Hashes all passwords on all cores: it is most of the time that a demonstration takes.
fn hash(
    stage: &Stage<'_>,
    hasher: &PasswordHasher,
    names: &[(String, String)],
) -> Result<Vec<PasswordHash>, Failure> {
    let moment = stage.at(stage.today);
    let work: Vec<(Password, [u8; 16])> =
        names.iter().map(|(username, _)| (Password::new(password(username)), moment.random())).collect();
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = work.len().div_ceil(threads).max(1);
    thread::scope(|scope| {
        let running: Vec<_> = work
            .chunks(share)
            .map(|chunk| {
                scope.spawn(move || {
                    chunk
                        .iter()
                        .map(|(password, salt)| hasher.hash(password, *salt))
                        .collect::<Result<Vec<_>, _>>()
                })
            })
            .collect();
        let mut hashes = Vec::new();
        for thread in running {
            let done =
                thread.join().map_err(|_| Failure::new("a thread that hashes passwords ended by a panic"))?;
            hashes.extend(done.map_err(|error| Failure::because("the passwords", &error))?);
        }
        Ok(hashes)
    })
}

fn malformed(username: &str) -> Failure {
    Failure::new(format!("the address of {username} is malformed"))
}
