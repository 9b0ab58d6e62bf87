//! Personal tokens.

use super::{Code, Problem};
use madang_auth::personal_tokens::{CreatePersonalTokenError, EndPersonalTokenError};
use madang_domain::personal_tokens::AuthenticateTokenError;

impl From<AuthenticateTokenError> for Problem {
    fn from(error: AuthenticateTokenError) -> Self {
        match error {
            AuthenticateTokenError::InvalidToken => Code::InvalidToken.into(),
            AuthenticateTokenError::Expired => Code::TokenExpired.into(),
            AuthenticateTokenError::Store(error) => error.into(),
        }
    }
}

impl From<CreatePersonalTokenError> for Problem {
    fn from(error: CreatePersonalTokenError) -> Self {
        match error {
            CreatePersonalTokenError::LimitReached { limit } => Self::limit(limit),
            CreatePersonalTokenError::Store(error) => error.into(),
        }
    }
}

impl From<EndPersonalTokenError> for Problem {
    fn from(error: EndPersonalTokenError) -> Self {
        match error {
            EndPersonalTokenError::NotFound => Code::NotFound.into(),
            EndPersonalTokenError::Store(error) => error.into(),
        }
    }
}
