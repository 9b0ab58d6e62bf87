//! The port of likes.

use crate::ctx::Timestamp;
use crate::ids::{CommentId, PostId, UserId};
use crate::store::StoreError;

/// Who likes what. Nobody is ever told but the giver (LIKE-3).
pub trait LikeRepository {
    /// Keeps that `user` likes `post`; `false` when that is known already.
    fn add_to_post(&mut self, post: PostId, user: UserId, at: Timestamp) -> Result<bool, StoreError>;

    /// Forgets that `user` likes `post`; `false` when it was not so.
    fn remove_from_post(&mut self, post: PostId, user: UserId) -> Result<bool, StoreError>;

    /// Keeps that `user` likes `comment`; `false` when that is known already.
    fn add_to_comment(&mut self, comment: CommentId, user: UserId, at: Timestamp)
    -> Result<bool, StoreError>;

    /// Forgets that `user` likes `comment`; `false` when it was not so.
    fn remove_from_comment(&mut self, comment: CommentId, user: UserId) -> Result<bool, StoreError>;
}
