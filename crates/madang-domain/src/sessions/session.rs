//! A login session: one family of refresh tokens.

use crate::ctx::Timestamp;
use crate::ids::{SessionId, UserId};

/// A session. Nothing of its tokens is stored: they are made of the id, the counter, the nonce and a secret of the
/// server.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id, random.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// How its refresh token travels; fixed for life.
    pub delivery: Delivery,
    /// The salt of its refresh tokens.
    pub nonce: [u8; 16],
    /// The secret under which the current refresh token was made.
    pub key_id: u8,
    /// How often the refresh token was rotated; it never falls.
    pub counter: i64,
    /// When the user logged in.
    pub created_at: Timestamp,
    /// When the refresh token was last rotated.
    pub rotated_at: Option<Timestamp>,
    /// When it ends unless it is refreshed before.
    pub idle_at: Timestamp,
    /// When it ends in any case.
    pub abs_at: Timestamp,
    /// When the user last proved the password in it.
    pub auth_time: Timestamp,
    /// When and why it was ended.
    pub ended: Option<SessionEnd>,
    /// What the client called itself, shortened.
    pub device_label: Option<String>,
}

/// When and why a session was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionEnd {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: RevokeReason,
}

/// How a refresh token travels (AUTH-7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// In a cookie, for browsers.
    #[default]
    Cookie,
    /// In the body, for everything else.
    Body,
}

impl Delivery {
    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cookie => "cookie",
            Self::Body => "body",
        }
    }

    /// The delivery of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Cookie, Self::Body].into_iter().find(|delivery| delivery.as_str() == word)
    }
}

/// Why a session was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RevokeReason {
    /// The user logged out.
    Logout,
    /// The user ended it from another session.
    EndedByUser,
    /// The user ended all of them.
    LogoutAll,
    /// The same browser logged in anew (AUTH-12).
    Replaced,
    /// Newer sessions took its place (AUTH-10).
    Evicted,
    /// An old refresh token of it came back (AUTH-8).
    Replay,
    /// The password was changed.
    PasswordChanged,
    /// A forgotten password was replaced.
    PasswordReset,
    /// An admin ended all of the user's sessions.
    EndedByAdmin,
    /// Staff banned the user.
    Banned,
    /// The user withdrew.
    Withdrawn,
}

impl RevokeReason {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Logout,
        Self::EndedByUser,
        Self::LogoutAll,
        Self::Replaced,
        Self::Evicted,
        Self::Replay,
        Self::PasswordChanged,
        Self::PasswordReset,
        Self::EndedByAdmin,
        Self::Banned,
        Self::Withdrawn,
    ];

    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Logout => "logout",
            Self::EndedByUser => "ended_by_user",
            Self::LogoutAll => "logout_all",
            Self::Replaced => "replaced",
            Self::Evicted => "evicted",
            Self::Replay => "replay",
            Self::PasswordChanged => "password_changed",
            Self::PasswordReset => "password_reset",
            Self::EndedByAdmin => "ended_by_admin",
            Self::Banned => "banned",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The reason of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == word)
    }
}

impl Session {
    /// Whether it is neither ended nor run out at `now` (AUTH-10).
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.ended.is_none() && now < self.idle_at && now < self.abs_at
    }

    /// When it was last used, to the resolution of refreshes.
    pub fn last_used_at(&self) -> Timestamp {
        self.rotated_at.unwrap_or(self.created_at)
    }

    /// When it ends unless it is refreshed before.
    pub fn expires_at(&self) -> Timestamp {
        self.idle_at.min(self.abs_at)
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("id", &self.id)
            .field("user", &self.user)
            .field("counter", &self.counter)
            .field("ended", &self.ended)
            .finish_non_exhaustive()
    }
}
