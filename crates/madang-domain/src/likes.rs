//! Likes: one per user and target, and final unless the board says otherwise.

mod like_comment;
mod like_post;
mod repository;
mod rules;
mod unlike_comment;
mod unlike_post;

pub use like_comment::like_comment;
pub use like_post::like_post;
pub use repository::LikeRepository;
pub use rules::{LikeError, LikeState};
pub(crate) use rules::{LikeFacts, check_like};
pub use unlike_comment::unlike_comment;
pub use unlike_post::unlike_post;
