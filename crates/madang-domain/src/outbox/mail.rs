//! The mails that Madang writes.

use crate::ctx::Timestamp;
use crate::language::Language;
use crate::outbox::LinkSecret;

/// A mail to be sent. `Debug` shows neither the address nor a secret's bits, because it ends up in logs (ACC-15).
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// The one address it goes to, as its owner wrote it.
    pub to: String,
    /// The language of its reader.
    pub language: Language,
    /// What it says.
    pub letter: Letter,
}

/// What a mail says. `username` names the account that the mail is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Letter {
    /// Proves the address of a new account (ACC-6) and offers a "not me".
    VerifyEmail {
        /// The account.
        username: String,
        /// Opens the link.
        secret: LinkSecret,
        /// When the link ends.
        expires_at: Timestamp,
    },
    /// Proves the new address of an account (ACC-11).
    ConfirmEmailChange {
        /// The account.
        username: String,
        /// Opens the link.
        secret: LinkSecret,
        /// When the link ends.
        expires_at: Timestamp,
    },
    /// Lets the holder of a proven address choose a new password (AUTH-14).
    ResetPassword {
        /// The account.
        username: String,
        /// Opens the link.
        secret: LinkSecret,
        /// When the link ends.
        expires_at: Timestamp,
    },
    /// Tells the holder of a proven address that somebody named it again (ACC-4); holds no link.
    AddressInUse {
        /// The account that holds the address.
        username: String,
    },
    /// Tells the old address that a new one was asked for (ACC-11).
    EmailChangeRequested {
        /// The account.
        username: String,
    },
    /// Tells that the password was changed or reset (AUTH-13).
    PasswordChanged {
        /// The account.
        username: String,
    },
    /// Tells that a session was ended because an old refresh token of it came back (AUTH-8).
    SessionReplayed {
        /// The account.
        username: String,
    },
}

impl Letter {
    /// The account that the letter is about.
    pub fn username(&self) -> &str {
        match self {
            Self::VerifyEmail { username, .. }
            | Self::ConfirmEmailChange { username, .. }
            | Self::ResetPassword { username, .. }
            | Self::AddressInUse { username }
            | Self::EmailChangeRequested { username }
            | Self::PasswordChanged { username }
            | Self::SessionReplayed { username } => username,
        }
    }

    /// The secret of its link and when that ends, for the letters that hold one.
    pub fn link(&self) -> Option<(&LinkSecret, Timestamp)> {
        match self {
            Self::VerifyEmail { secret, expires_at, .. }
            | Self::ConfirmEmailChange { secret, expires_at, .. }
            | Self::ResetPassword { secret, expires_at, .. } => Some((secret, *expires_at)),
            Self::AddressInUse { .. }
            | Self::EmailChangeRequested { .. }
            | Self::PasswordChanged { .. }
            | Self::SessionReplayed { .. } => None,
        }
    }

    /// The kind in one word: the stored form, and the name in logs.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::VerifyEmail { .. } => "verify_email",
            Self::ConfirmEmailChange { .. } => "confirm_email_change",
            Self::ResetPassword { .. } => "reset_password",
            Self::AddressInUse { .. } => "address_in_use",
            Self::EmailChangeRequested { .. } => "email_change_requested",
            Self::PasswordChanged { .. } => "password_changed",
            Self::SessionReplayed { .. } => "session_replayed",
        }
    }

    /// The letter of a [`kind`](Self::kind) with its parts; `None` when there is no such kind or a link is missing.
    pub fn from_parts(kind: &str, username: String, link: Option<(LinkSecret, Timestamp)>) -> Option<Self> {
        Some(match (kind, link) {
            ("verify_email", Some((secret, expires_at))) => {
                Self::VerifyEmail { username, secret, expires_at }
            }
            ("confirm_email_change", Some((secret, expires_at))) => {
                Self::ConfirmEmailChange { username, secret, expires_at }
            }
            ("reset_password", Some((secret, expires_at))) => {
                Self::ResetPassword { username, secret, expires_at }
            }
            ("address_in_use", _) => Self::AddressInUse { username },
            ("email_change_requested", _) => Self::EmailChangeRequested { username },
            ("password_changed", _) => Self::PasswordChanged { username },
            ("session_replayed", _) => Self::SessionReplayed { username },
            _ => return None,
        })
    }
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mail").field("kind", &self.letter.kind()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn a_letter_is_the_sum_of_its_parts() {
        let (secret, expires_at) = (LinkSecret([7; 32]), DateTime::UNIX_EPOCH);
        let username = || "haneul".to_owned();
        for letter in [
            Letter::VerifyEmail { username: username(), secret: secret.clone(), expires_at },
            Letter::ConfirmEmailChange { username: username(), secret: secret.clone(), expires_at },
            Letter::ResetPassword { username: username(), secret, expires_at },
            Letter::AddressInUse { username: username() },
            Letter::EmailChangeRequested { username: username() },
            Letter::PasswordChanged { username: username() },
            Letter::SessionReplayed { username: username() },
        ] {
            let link = letter.link().map(|(secret, at)| (secret.clone(), at));
            assert_eq!(Letter::from_parts(letter.kind(), username(), link), Some(letter));
        }
        assert_eq!(Letter::from_parts("reset_password", username(), None), None);
        assert_eq!(Letter::from_parts("greeting", username(), None), None);
    }

    #[test]
    fn acc_15_debug_tells_no_address_and_no_secret() {
        let letter = Letter::ResetPassword {
            username: "haneul".to_owned(),
            secret: LinkSecret([7; 32]),
            expires_at: DateTime::UNIX_EPOCH,
        };
        let mail = Mail { to: "haneul@hanbit.test".to_owned(), language: Language::Korean, letter };
        let shown = format!("{mail:?} {:?}", mail.letter);
        assert!(!shown.contains("hanbit") && !shown.contains("7, 7"), "{shown}");
    }
}
