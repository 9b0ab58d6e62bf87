//! The proofs of identity that handlers use, put together by the binary.

use madang_auth::access_tokens::AccessTokens;

/// Tokens, passwords and their keys.
pub struct Identity {
    /// Issues and verifies access tokens.
    pub tokens: AccessTokens,
}
