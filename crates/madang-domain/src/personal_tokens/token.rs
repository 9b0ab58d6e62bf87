//! A personal access token.

use crate::ctx::Timestamp;
use crate::ids::{PersonalTokenId, UserId};
use crate::text::TextRule;

/// How the name of a token is judged.
pub const NAME_RULE: TextRule = TextRule::line(1, 50);

/// A personal access token without its secret, which is stored nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalToken {
    /// Its id.
    pub id: PersonalTokenId,
    /// Whose it is.
    pub user: UserId,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it is dead.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

/// SHA-256 of a token's 256 random bits: what it is found by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenDigest(pub [u8; 32]);

impl std::fmt::Debug for TokenDigest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenDigest(…)")
    }
}
