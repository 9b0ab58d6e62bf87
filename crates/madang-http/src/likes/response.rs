//! Likes as JSON.

use madang_domain::likes::LikeState;
use serde::Serialize;
use utoipa::ToSchema;

/// What a like has led to.
#[derive(Serialize, ToSchema)]
#[schema(as = LikeState)]
pub(super) struct LikeStateResponse {
    like_count: i64,
    /// Always true.
    liked: bool,
}

impl From<LikeState> for LikeStateResponse {
    fn from(state: LikeState) -> Self {
        Self { like_count: state.like_count, liked: true }
    }
}
