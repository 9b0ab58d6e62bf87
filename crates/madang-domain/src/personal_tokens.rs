//! Personal access tokens, by which a user's own programs act as the user (AUTH-16).

mod authenticate;
mod repository;
mod token;

pub use authenticate::{AuthenticateTokenError, authenticate_token};
pub use repository::{PersonalTokenRepository, TokenStanding};
pub use token::{NAME_RULE, PersonalToken, TokenDigest};
