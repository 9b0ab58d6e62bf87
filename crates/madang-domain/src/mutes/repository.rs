//! The port of muted posts.

use crate::ids::{PostId, UserId};
use crate::store::StoreError;

/// Muted posts. Adding what is there and removing what is not are no errors.
pub trait MuteRepository {
    /// Mutes `post` for `user`.
    fn add(&mut self, user: UserId, post: PostId) -> Result<(), StoreError>;

    /// Unmutes `post` for `user`.
    fn remove(&mut self, user: UserId, post: PostId) -> Result<(), StoreError>;
}
