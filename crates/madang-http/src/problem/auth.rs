//! Credentials: access tokens, and the sessions behind them.

use super::{Code, Problem};
use crate::credentials::CredentialError;
use madang_auth::access_tokens::TokenError;
use madang_domain::sessions::AuthenticateError;

impl From<CredentialError> for Problem {
    fn from(error: CredentialError) -> Self {
        match error {
            CredentialError::Missing => Self::from(Code::AuthenticationRequired),
            CredentialError::TokenScheme => {
                Self::from(Code::AuthenticationRequired).with_detail("use-bearer")
            }
            CredentialError::Repeated => Self::from(Code::MalformedRequest),
            CredentialError::Invalid => Self::from(Code::InvalidToken),
        }
    }
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Invalid => Self::from(Code::InvalidToken),
            TokenError::Expired => Self::from(Code::TokenExpired),
        }
    }
}

impl From<AuthenticateError> for Problem {
    fn from(error: AuthenticateError) -> Self {
        match error {
            AuthenticateError::InvalidToken => Self::from(Code::InvalidToken),
            AuthenticateError::SessionRevoked => Self::from(Code::SessionRevoked),
            AuthenticateError::Store(error) => error.into(),
        }
    }
}
