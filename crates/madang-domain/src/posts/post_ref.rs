//! A post as other things refer to it.

use crate::ctx::Timestamp;
use crate::ids::PostId;

/// A post, named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostRef {
    /// The post.
    pub id: PostId,
    /// Its title.
    pub title: Option<String>,
    /// When it was written.
    pub created_at: Timestamp,
}
