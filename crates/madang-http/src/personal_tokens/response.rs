//! Personal tokens as their owner sees them.

use crate::problem::instant;
use madang_domain::personal_tokens::PersonalToken;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A personal token, without its value.
#[derive(Serialize, ToSchema)]
#[schema(as = PersonalToken)]
pub(super) struct PersonalTokenResponse {
    id: Uuid,
    name: String,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    expires_at: String,
    /// To the minute.
    #[schema(required, format = DateTime)]
    last_used_at: Option<String>,
}

/// A personal token that was just made.
#[derive(Serialize, ToSchema)]
#[schema(as = PersonalTokenCreated)]
pub(super) struct PersonalTokenCreatedResponse {
    #[serde(flatten)]
    #[schema(inline)]
    made: PersonalTokenResponse,
    /// Its value, told this once; null when the request was made before.
    #[schema(required)]
    token: Option<String>,
}

impl PersonalTokenResponse {
    pub(super) fn new(token: PersonalToken) -> Self {
        Self {
            id: token.id.into(),
            name: token.name,
            created_at: instant(token.created_at),
            expires_at: instant(token.expires_at),
            last_used_at: token.last_used_at.map(instant),
        }
    }
}

impl PersonalTokenCreatedResponse {
    pub(super) fn new(token: PersonalToken, value: Option<String>) -> Self {
        Self { made: PersonalTokenResponse::new(token), token: value }
    }
}
