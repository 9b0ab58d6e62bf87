//! Likes.

mod like_comment;
mod like_post;
mod response;
mod unlike_comment;
mod unlike_post;

use crate::route::Route;
use response::LikeStateResponse;

/// The routes of likes.
pub(crate) fn routes() -> Vec<Route> {
    vec![like_post::route(), unlike_post::route(), like_comment::route(), unlike_comment::route()]
}
