//! One-time links of mails.

use crate::accounts::Email;
use crate::ctx::Timestamp;
use crate::ids::UserId;

/// A link that was mailed: single-use, short-lived, bound to the account's epoch. A newer one of the same purpose takes
/// its place (ACC-6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneTimeLink {
    /// SHA-256 of the secret, which is stored nowhere else.
    pub digest: [u8; 32],
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Whose it is.
    pub user: UserId,
    /// The user's epoch when it was made; another epoch kills it.
    pub epoch: i64,
    /// The address it was mailed to.
    pub email: Email,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is dead.
    pub expires_at: Timestamp,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkPurpose {
    /// Proves the address of a new account.
    VerifyEmail,
    /// Proves the new address of an account and puts it in place of the old one.
    ChangeEmail,
    /// Lets the holder choose a new password.
    ResetPassword,
    /// Lets somebody who is banned appeal.
    Appeal,
}

impl LinkPurpose {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::VerifyEmail, Self::ChangeEmail, Self::ResetPassword, Self::Appeal];

    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ChangeEmail => "change_email",
            Self::ResetPassword => "reset_password",
            Self::Appeal => "appeal",
        }
    }

    /// The purpose of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == word)
    }
}
