//! The port of personal tokens.

use crate::ctx::Timestamp;
use crate::ids::{PersonalTokenId, UserId};
use crate::paging::{Page, PageRequest};
use crate::personal_tokens::{PersonalToken, TokenDigest};
use crate::sessions::Standing;
use crate::store::StoreError;

/// What decides whether a token is good, and for what: read anew in each unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenStanding {
    /// Whose it is.
    pub user: UserId,
    /// The token's life and the user's rights, in the form of a session's: both of its ends are the token's.
    pub standing: Standing,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
}

/// Personal tokens.
pub trait PersonalTokenRepository {
    /// The standing of a token, ended or not; `None` when there is none of that digest. One statement.
    fn find_standing(&mut self, digest: TokenDigest) -> Result<Option<TokenStanding>, StoreError>;

    /// The token of `user`, ended or not.
    fn find(&mut self, id: PersonalTokenId, user: UserId) -> Result<Option<PersonalToken>, StoreError>;

    /// One page of the user's tokens that are live at `now`, newest first.
    fn list_live(
        &mut self,
        user: UserId,
        now: Timestamp,
        page: PageRequest,
    ) -> Result<Page<PersonalToken>, StoreError>;

    /// How many tokens of `user` are live at `now`.
    fn count_live(&mut self, user: UserId, now: Timestamp) -> Result<i64, StoreError>;

    /// Adds a token.
    fn add(&mut self, token: &PersonalToken, digest: TokenDigest) -> Result<(), StoreError>;

    /// Notes a use at `minute`, unless one at that time or later is noted.
    fn mark_used(&mut self, digest: TokenDigest, minute: Timestamp) -> Result<(), StoreError>;

    /// Ends a token of `user` that is live at `now`; `false` when there is none.
    fn end(&mut self, id: PersonalTokenId, user: UserId, now: Timestamp) -> Result<bool, StoreError>;

    /// Ends all tokens of `user`; answers how many.
    fn end_all(&mut self, user: UserId, now: Timestamp) -> Result<usize, StoreError>;

    /// Erases tokens that ran out before `before`; answers how many.
    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError>;
}
