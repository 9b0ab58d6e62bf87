//! The row of a user.

use crate::schema::users;
use diesel::prelude::*;
use madang_domain::accounts::{
    AccountState, Email, Member, Nickname, NotificationKind, PasswordHash, Settings, User, Username,
};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{MediaId, SchoolId, UserId};
use madang_domain::language::Language;
use madang_domain::schools::SchoolRef;
use madang_domain::store::StoreError;

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub(super) struct UserRow {
    id: UserId,
    school_id: SchoolId,
    username: String,
    nickname: String,
    nickname_changed_at: Option<Timestamp>,
    email: String,
    email_verified_at: Option<Timestamp>,
    pending_email: Option<String>,
    is_staff: bool,
    is_superuser: bool,
    state: String,
    state_until: Option<Timestamp>,
    enrolment_verified_at: Option<Timestamp>,
    epoch: i64,
    admission_year: i32,
    language: String,
    accept_messages: bool,
    accept_anonymous_messages: bool,
    accept_friend_requests: bool,
    share_free_time: bool,
    notify_off: String,
    created_at: Timestamp,
    updated_at: Timestamp,
    deleted_at: Option<Timestamp>,
}

/// The password's columns.
#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
pub(super) struct PasswordRow {
    password_hash: String,
    hash_ver: i16,
}

impl From<PasswordRow> for PasswordHash {
    fn from(row: PasswordRow) -> Self {
        Self { encoded: row.password_hash, version: row.hash_ver }
    }
}

impl UserRow {
    /// The user with the school of this name and this picture.
    pub(super) fn into_member(
        self,
        school_name: String,
        image: Option<MediaId>,
    ) -> Result<Member, StoreError> {
        let school = SchoolRef { id: self.school_id, name: school_name };
        Ok(Member { user: self.try_into()?, school, image })
    }
}

impl TryFrom<UserRow> for User {
    type Error = StoreError;

    fn try_from(row: UserRow) -> Result<Self, StoreError> {
        let unknown = |column: &str| StoreError::internal(format!("users.{column} holds an unknown word"));
        Ok(Self {
            id: row.id,
            school: row.school_id,
            username: Username::stored(row.username),
            nickname: Nickname::stored(row.nickname),
            nickname_changed_at: row.nickname_changed_at,
            email: Email::stored(row.email),
            email_verified_at: row.email_verified_at,
            pending_email: row.pending_email.map(Email::stored),
            is_staff: row.is_staff,
            is_superuser: row.is_superuser,
            state: state(&row.state)?,
            state_until: row.state_until,
            enrolment_verified_at: row.enrolment_verified_at,
            epoch: row.epoch,
            admission_year: row.admission_year,
            settings: Settings {
                language: Language::from_tag(&row.language).ok_or_else(|| unknown("language"))?,
                accept_messages: row.accept_messages,
                accept_anonymous_messages: row.accept_anonymous_messages,
                accept_friend_requests: row.accept_friend_requests,
                share_free_time: row.share_free_time,
                notify_off: notify_off(&row.notify_off).ok_or_else(|| unknown("notify_off"))?,
            },
            created_at: row.created_at,
            updated_at: row.updated_at,
            withdrawn_at: row.deleted_at,
        })
    }
}

/// The state of a stored word.
pub(crate) fn state(word: &str) -> Result<AccountState, StoreError> {
    AccountState::from_word(word).ok_or_else(|| StoreError::internal("users.state holds an unknown word"))
}

/// The columns that follow from a [`User`] and may change.
macro_rules! changing_columns {
    ($user:expr) => {{
        let user: &madang_domain::accounts::User = $user;
        (
            (
                users::school_id.eq(uid(user.school)),
                users::nickname.eq(user.nickname.as_str()),
                users::nickname_key.eq(user.nickname.key()),
                users::nickname_changed_at.eq(user.nickname_changed_at.map(at)),
                users::email.eq(user.email.as_str()),
                users::email_key.eq(user.email.key()),
                users::email_verified_at.eq(user.email_verified_at.map(at)),
                users::pending_email.eq(user.pending_email.as_ref().map(|email| email.as_str())),
                users::is_staff.eq(user.is_staff),
                users::is_superuser.eq(user.is_superuser),
                users::state.eq(user.state.as_str()),
                users::state_until.eq(user.state_until.map(at)),
                users::enrolment_verified_at.eq(user.enrolment_verified_at.map(at)),
                users::epoch.eq(user.epoch),
            ),
            (
                users::admission_year.eq(user.admission_year),
                users::language.eq(user.settings.language.tag()),
                users::accept_messages.eq(user.settings.accept_messages),
                users::accept_anonymous_messages.eq(user.settings.accept_anonymous_messages),
                users::accept_friend_requests.eq(user.settings.accept_friend_requests),
                users::share_free_time.eq(user.settings.share_free_time),
                users::notify_off.eq($crate::accounts::row::words(&user.settings.notify_off)),
                users::updated_at.eq(at(user.updated_at)),
            ),
        )
    }};
}
pub(super) use changing_columns;

/// How kinds of notices are stored.
pub(super) fn words(kinds: &[NotificationKind]) -> String {
    kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(",")
}

fn notify_off(words: &str) -> Option<Vec<NotificationKind>> {
    words.split(',').filter(|word| !word.is_empty()).map(NotificationKind::from_word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_notices_come_back() {
        for kinds in [vec![], vec![NotificationKind::Hot], NotificationKind::ALL.to_vec()] {
            assert_eq!(notify_off(&words(&kinds)), Some(kinds));
        }
        assert_eq!(notify_off("hot,other"), None);
    }
}
