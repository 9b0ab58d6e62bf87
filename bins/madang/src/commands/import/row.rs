//! One line of a file of users.

use chrono::{DateTime, Datelike, DurationRound, TimeDelta, Utc};
use madang_auth::login_keys::LoginKeys;
use madang_auth::passwords::{ImportedPassword, read_imported};
use madang_domain::accounts::{Email, ImportUser, Nickname, Username};
use madang_domain::language::Language;
use madang_domain::policy::AccountsPolicy;
use madang_domain::text::FieldError;
use serde::Deserialize;

/// A user as the file tells it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    username: String,
    email: String,
    /// As Django stored it.
    password: String,
    nickname: String,
    /// The name of a school that is here.
    school: String,
    /// An instant with offset.
    joined: String,
    /// The year of `joined`, unless it is said.
    admission_year: Option<i32>,
}

/// What lines are judged by.
pub(super) struct Judge<'a> {
    pub(super) accounts: &'a AccountsPolicy,
    pub(super) keys: &'a LoginKeys,
    /// Whether the addresses count as proven.
    pub(super) proven: bool,
    pub(super) max_rounds: u32,
}

/// A line that was read.
pub(super) struct Read {
    pub(super) user: ImportUser,
    /// Whether nobody can log in before a new password is chosen by mail.
    pub(super) needs_reset: bool,
}

impl Judge<'_> {
    /// Reads a line, or says what is wrong with it. What stands in it is never repeated: there are passwords among it.
    pub(super) fn read(&self, line: &[u8]) -> Result<Read, Vec<String>> {
        let row: Row = serde_json::from_slice(line).map_err(|error| vec![malformed(&error)])?;
        let mut wrong = Vec::new();
        let username = field(&mut wrong, "username", Username::parse(&row.username, self.accounts));
        let nickname = field(&mut wrong, "nickname", Nickname::parse(&row.nickname, self.accounts));
        let email = field(&mut wrong, "email", Email::parse(&row.email));
        let joined = DateTime::parse_from_rfc3339(&row.joined).map_err(|_| FieldError::Invalid);
        let joined = field(&mut wrong, "joined", joined.map(|at| at.with_timezone(&Utc)));
        let password = read_imported(&row.password, self.max_rounds);
        let password = password.map_err(|error| wrong.push(format!("password: {error}"))).ok();
        if matches!(password, Some(ImportedPassword::Unusable(_))) && !self.proven {
            let sentence =
                "password: nobody can log in by it, and without a proven address none can be chosen by mail";
            wrong.push(sentence.to_owned());
        }
        let (Some(username), Some(nickname), Some(email), Some(joined), Some(password), []) =
            (username, nickname, email, joined, password, wrong.as_slice())
        else {
            return Err(wrong);
        };
        let (password, needs_reset) = match password {
            ImportedPassword::Usable(password) => (password, false),
            ImportedPassword::Unusable(password) => (password, true),
        };
        let user = ImportUser {
            username,
            nickname,
            is_proven: self.proven,
            enrolment: self.keys.enrolment_proof(&email.key()),
            email,
            school: row.school.trim().to_owned(),
            admission_year: row.admission_year.unwrap_or(joined.year()),
            password,
            // To the microsecond, as it is kept.
            joined_at: joined.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(joined),
            language: Language::Korean,
        };
        Ok(Read { user, needs_reset })
    }
}

fn field<T>(wrong: &mut Vec<String>, name: &str, parsed: Result<T, FieldError>) -> Option<T> {
    parsed.map_err(|error| wrong.push(sentence(name, error))).ok()
}

/// What is wrong with a field, in words.
pub(super) fn sentence(name: &str, error: FieldError) -> String {
    let why = match error {
        FieldError::Blank | FieldError::Required => "it is empty",
        FieldError::MinLength => "it is too short",
        FieldError::MaxLength => "it is too long",
        FieldError::MaxValue => "it is in the future",
        FieldError::Taken => "somebody has it already",
        FieldError::NotAllowed => "it is reserved",
        FieldError::NotFound => "there is none of that name",
        _ => "it is malformed",
    };
    format!("{name}: {why}")
}

/// The parser's own words where they name a field, and no value.
fn malformed(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let names_a_field = ["missing field", "unknown field", "duplicate field"];
    match names_a_field.iter().any(|words| text.starts_with(words)) {
        true => text.split(" at line").next().unwrap_or_default().to_owned(),
        false => format!("it is not one JSON object of texts (column {})", error.column()),
    }
}
