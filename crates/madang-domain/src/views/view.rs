//! One reading.

use crate::ids::{PostId, UserId};
use sha2::{Digest, Sha256};

/// That somebody has read a post. The reader is a digest of post and person: the same for each reading, but no list of
/// what somebody reads can be made of the stored ones, and it tells nothing once the person is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct View {
    /// What was read.
    pub post: PostId,
    /// Who read it.
    pub reader: [u8; 16],
}

impl View {
    /// That `user` has read `post`.
    pub fn new(post: PostId, user: UserId) -> Self {
        let digest: [u8; 32] =
            Sha256::new_with_prefix(post.0.as_bytes()).chain_update(user.0.as_bytes()).finalize().into();
        let mut reader = [0; 16];
        reader.copy_from_slice(digest.split_at(16).0);
        Self { post, reader }
    }
}
