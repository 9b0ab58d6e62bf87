//! The rows of the two logs.

use crate::ctx::{Moment, Timestamp};
use crate::ids::{AuditId, BoardId, LogId, SchoolId, UserId};
use uuid::Uuid;

/// A security event. Holds no secret and no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id, ordered by time.
    pub id: AuditId,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it; `None` for the operator, the clock and strangers.
    pub actor: Option<UserId>,
    /// What happened.
    pub action: AuditAction,
    /// The user it is about.
    pub subject: Option<UserId>,
    /// Why, as the actor wrote it.
    pub reason: Option<String>,
    /// What else a reader needs to know, in a few words.
    pub detail: Option<String>,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What a security event is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum AuditAction {
            $($(#[$doc])* $name,)*
        }

        impl AuditAction {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The contract's word.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

actions! {
    /// The identity and the private rows of an account were erased.
    AccountErased = "account_erased",
    /// An admin took a withdrawal back.
    AccountRestored = "account_restored",
    /// A user withdrew.
    AccountWithdrawn = "account_withdrawn",
    /// The operator made an admin.
    AdminCreated = "admin_created",
    /// An address was replaced by another.
    EmailChanged = "email_changed",
    /// An admin set or withdrew the proof of an enrolment.
    EnrolmentChanged = "enrolment_changed",
    /// An admin was told who wrote an anonymous item.
    IdentityRevealed = "identity_revealed",
    /// Logins under a name were throttled.
    LoginThrottled = "login_throttled",
    /// The operator took an access token for a user.
    OperatorToken = "operator_token",
    /// A password was changed.
    PasswordChanged = "password_changed",
    /// A forgotten password was replaced.
    PasswordReset = "password_reset",
    /// A user made a personal access token.
    PersonalTokenCreated = "personal_token_created",
    /// A refresh token came back after it had been used.
    RefreshReplayed = "refresh_replayed",
    /// An admin gave or took a role.
    RoleChanged = "role_changed",
    /// An admin moved a user to another school.
    SchoolChanged = "school_changed",
    /// An admin changed a setting of the site.
    SettingChanged = "setting_changed",
    /// All sessions of a user were ended.
    SessionsEnded = "sessions_ended",
    /// Staff banned a member.
    UserBanned = "user_banned",
    /// The operator took over users of another system.
    UsersImported = "users_imported",
}

impl AuditAction {
    /// The action of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.as_str() == word)
    }
}

impl AuditEntry {
    /// An event of this moment.
    pub fn new(moment: &Moment, action: AuditAction) -> Self {
        let (id, at) = (moment.fresh(), moment.now);
        Self { id, at, actor: None, action, subject: None, reason: None, detail: None }
    }

    /// Done by `actor`.
    pub fn by(self, actor: UserId) -> Self {
        Self { actor: Some(actor), ..self }
    }

    /// About `subject`.
    pub fn about(self, subject: UserId) -> Self {
        Self { subject: Some(subject), ..self }
    }

    /// For this reason.
    pub fn reason(self, reason: impl Into<String>) -> Self {
        Self { reason: Some(reason.into()), ..self }
    }

    /// With this detail.
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

/// An act of a manager, moderator or admin upon what others made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModerationAct {
    /// Its id, ordered by time.
    pub id: LogId,
    /// When.
    pub at: Timestamp,
    /// In which school.
    pub school: SchoolId,
    /// In which board, if in one.
    pub board: Option<BoardId>,
    /// Who did it.
    pub actor: UserId,
    /// What was done: `board_created`, `post_removed`…
    pub act: &'static str,
    /// The kind of what it was done to.
    pub target_type: &'static str,
    /// What it was done to.
    pub target: Uuid,
    /// Under which rule.
    pub rule: Option<String>,
    /// Why, as the actor wrote it.
    pub reason: Option<String>,
}

impl ModerationAct {
    /// An admin was told who wrote an item. The log tells of it no more than that it happened (LOG-2).
    pub const REVEALED: &'static str = "identity_revealed";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lead_back_to_their_action() {
        for action in AuditAction::ALL {
            assert_eq!(AuditAction::from_word(action.as_str()), Some(*action));
        }
        assert_eq!(AuditAction::from_word("other"), None);
    }
}
