//! The port of blocks.

use super::{Block, BlockTarget, Blocked, NewBlock};
use crate::actor::Actor;
use crate::comments::Writer;
use crate::filters::OneOf;
use crate::ids::{BlockId, CommentId, PostId, UserId};
use crate::paging::{Page, PageRequest};
use crate::store::StoreError;

/// One list of blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockQuery {
    /// By what they were asked for.
    pub targets: Option<OneOf<BlockTarget>>,
    /// Whether the latest come first.
    pub descending: bool,
    /// Which page.
    pub request: PageRequest,
}

/// Blocks. What they hide is a condition of the reads of posts and comments themselves.
pub trait BlockRepository {
    /// Who wrote a live post of the viewer's world, by name or label, whether or not the viewer has blocked them.
    fn find_author_of_post(&mut self, viewer: &Actor, id: PostId) -> Result<Option<Writer>, StoreError>;

    /// As [`find_author_of_post`](Self::find_author_of_post) of a live comment, with its post.
    fn find_author_of_comment(
        &mut self,
        viewer: &Actor,
        id: CommentId,
    ) -> Result<Option<(PostId, Writer)>, StoreError>;

    /// The id of the block of `blocked` by `blocker`.
    fn find_id(&mut self, blocker: UserId, blocked: Blocked) -> Result<Option<BlockId>, StoreError>;

    /// Whether one of the two has blocked the other by name.
    fn exists_between(&mut self, one: UserId, other: UserId) -> Result<bool, StoreError>;

    /// Adds a block; answers its id, which is that of the former one where there is one already.
    fn add(&mut self, block: &NewBlock) -> Result<BlockId, StoreError>;

    /// The viewer's own block; one statement.
    fn find(&mut self, viewer: &Actor, id: BlockId) -> Result<Option<Block>, StoreError>;

    /// One page of the viewer's own blocks.
    fn list(&mut self, viewer: &Actor, query: &BlockQuery) -> Result<Page<Block>, StoreError>;

    /// Erases a block of `blocker`; `false` when there is none.
    fn remove(&mut self, blocker: UserId, id: BlockId) -> Result<bool, StoreError>;
}
