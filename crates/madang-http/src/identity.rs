//! The proofs of identity that handlers use, put together by the binary.

use madang_auth::access_tokens::AccessTokens;
use madang_auth::address_failures::AddressFailures;
use madang_auth::keys::KeyRing;
use madang_auth::login_keys::LoginKeys;
use madang_auth::passwords::Passwords;
use madang_auth::personal_tokens::TokenOwners;
use madang_auth::refresh_tokens::RefreshTokens;
use std::sync::Arc;

/// Tokens, passwords and their keys.
#[derive(Debug)]
pub struct Identity {
    /// The keys in force; reloaded by the binary.
    pub keys: Arc<KeyRing>,
    /// Issues and verifies access tokens.
    pub tokens: AccessTokens,
    /// Makes and checks refresh tokens.
    pub refresh: RefreshTokens,
    /// Names the buckets of failed logins, and knows devices again.
    pub login: LoginKeys,
    /// Failed logins by address.
    pub failures: AddressFailures,
    /// Whose personal tokens are whose.
    pub owners: TokenOwners,
    /// Hashes and checks passwords on threads of its own.
    pub passwords: Passwords,
}

impl Identity {
    /// Everything that is made of `keys`.
    pub fn new(keys: Arc<KeyRing>, tokens: AccessTokens, passwords: Passwords) -> Self {
        Self {
            refresh: RefreshTokens::new(Arc::clone(&keys)),
            login: LoginKeys::new(Arc::clone(&keys)),
            failures: AddressFailures::default(),
            owners: TokenOwners::default(),
            keys,
            tokens,
            passwords,
        }
    }
}
