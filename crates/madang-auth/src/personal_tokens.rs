//! Personal access tokens: their text form, and how their owner makes, sees and ends them (AUTH-16).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use madang_domain::audit::{AuditAction, AuditEntry};
use madang_domain::ctx::Ctx;
use madang_domain::ids::{PersonalTokenId, UserId};
use madang_domain::paging::{Page, PageRequest};
use madang_domain::personal_tokens::{PersonalToken, TokenDigest};
use madang_domain::store::{StoreError, UnitOfWork};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// What every personal token begins with, so that people and scanners know one when they see it.
pub const PREFIX: &str = "mdt_";

const CHARS: usize = PREFIX.len() + 43;

/// Most tokens whose owners are remembered.
const OWNERS_MAX: u64 = 50_000;

/// The 256 random bits of a token, which its owner sees once.
#[derive(Clone)]
pub struct TokenSecret(Zeroizing<[u8; 32]>);

/// A token that was just made.
#[derive(Clone, Debug)]
pub struct MadeToken {
    /// The token.
    pub token: PersonalToken,
    /// Its secret, kept nowhere.
    pub secret: TokenSecret,
}

/// A token to be made; the password has been confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreatePersonalToken {
    /// What its owner calls it; parsed.
    pub name: String,
    /// For how long it lives; within the policy.
    pub life: TimeDelta,
}

/// Why no token was made.
#[derive(Debug, thiserror::Error)]
pub enum CreatePersonalTokenError {
    /// So many are live already.
    #[error("too many tokens are live")]
    LimitReached {
        /// How many may be.
        limit: i64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why no token was ended.
#[derive(Debug, thiserror::Error)]
pub enum EndPersonalTokenError {
    /// The caller has no such live token.
    #[error("no such token")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whose tokens are whose, as far as somebody has asked. A token never changes hands, so nothing here grows stale; whether
/// it is alive is asked of the database each time.
#[derive(Debug)]
pub struct TokenOwners(Cache<TokenDigest, UserId>);

impl TokenSecret {
    /// The text that its owner is shown.
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(*self.0)))
    }

    /// What it is found by.
    pub fn digest(&self) -> TokenDigest {
        TokenDigest(Sha256::digest(*self.0).into())
    }
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSecret(…)")
    }
}

impl Default for TokenOwners {
    fn default() -> Self {
        Self(Cache::new(OWNERS_MAX))
    }
}

impl TokenOwners {
    /// The owner, if that is remembered.
    pub fn find(&self, digest: TokenDigest) -> Option<UserId> {
        self.0.get(&digest)
    }

    /// Remembers the owner.
    pub fn keep(&self, digest: TokenDigest, owner: UserId) {
        self.0.insert(digest, owner);
    }
}

/// Reads a token's text; `None` when it has another form.
pub fn parse(text: &str) -> Option<TokenSecret> {
    let encoded = text.strip_prefix(PREFIX).filter(|_| text.len() == CHARS)?;
    let mut bytes = Zeroizing::new([0; 32]);
    let read = URL_SAFE_NO_PAD.decode_slice(encoded, bytes.as_mut_slice()).ok()?;
    (read == bytes.len()).then_some(TokenSecret(bytes))
}

/// Makes a token of the caller.
pub fn create_personal_token(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: &CreatePersonalToken,
) -> Result<MadeToken, CreatePersonalTokenError> {
    let user = ctx.actor.user;
    // Held, so that tokens made at once are counted one after another.
    uow.accounts().find_for_change(user)?;
    let limit = i64::try_from(ctx.policy.auth.personal_tokens_max).unwrap_or(i64::MAX);
    if uow.personal_tokens().count_live(user, ctx.now)? >= limit {
        return Err(CreatePersonalTokenError::LimitReached { limit });
    }
    let secret = TokenSecret(Zeroizing::new(ctx.random()));
    let token = PersonalToken {
        id: ctx.fresh(),
        user,
        name: command.name.clone(),
        created_at: ctx.now,
        expires_at: ctx.now + command.life,
        last_used_at: None,
    };
    uow.personal_tokens().add(&token, secret.digest())?;
    let entry = AuditEntry::new(ctx, AuditAction::PersonalTokenCreated).by(user).about(user);
    uow.audit().add_event(&entry)?;
    Ok(MadeToken { token, secret })
}

/// One page of the caller's live tokens, newest first.
pub fn list_personal_tokens(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    page: PageRequest,
) -> Result<Page<PersonalToken>, StoreError> {
    uow.personal_tokens().list_live(ctx.actor.user, ctx.now, page)
}

/// Ends one of the caller's tokens.
pub fn end_personal_token(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: PersonalTokenId,
) -> Result<(), EndPersonalTokenError> {
    if uow.personal_tokens().end(id, ctx.actor.user, ctx.now)? {
        Ok(())
    } else {
        Err(EndPersonalTokenError::NotFound)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn auth_16_a_token_is_read_as_it_was_shown_and_printed_never() {
        let secret = TokenSecret(Zeroizing::new([7; 32]));
        let text = secret.text();
        assert_eq!(text.len(), CHARS);
        assert_eq!(parse(&text).map(|read| *read.0), Some([7; 32]));
        assert_eq!(format!("{secret:?} {:?}", secret.digest()), "TokenSecret(…) TokenDigest(…)");
    }

    proptest! {
        #[test]
        fn s_15_any_changed_byte_is_another_token(bytes: [u8; 32], at in 0usize..CHARS, to in "[A-Za-z0-9_-]") {
            let text = TokenSecret(Zeroizing::new(bytes)).text();
            let mut changed = text.to_string();
            changed.replace_range(at..=at, &to);
            let same = parse(&changed).is_some_and(|read| *read.0 == bytes);
            prop_assert_eq!(same, changed == *text);
        }

        #[test]
        fn the_parser_takes_anything(text in ".{0,60}") {
            let _ = parse(&text);
        }
    }
}
