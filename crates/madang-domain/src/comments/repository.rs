//! The port of comments.

use super::{CommentView, NewComment, Thread};
use crate::actor::Actor;
use crate::ctx::Timestamp;
use crate::filters::{OneOf, TimeTest};
use crate::ids::{BoardId, CommentId, PostId, UserId};
use crate::paging::{Feed, FeedRequest, Position};
use crate::store::StoreError;

/// A comment with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundComment {
    /// Where it stands.
    pub thread: Thread,
    /// The comment.
    pub comment: CommentView,
}

/// A comment with its first replies, in order of writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentTree {
    /// The comment, or what is left of it.
    pub comment: CommentView,
    /// Its first live replies.
    pub replies: Vec<CommentView>,
    /// The position to read more replies after, if there are more.
    pub replies_next: Option<Position>,
}

/// What a reply needs to know of the comment that it replies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// Whether it is neither deleted nor removed, nor by somebody whom the viewer has blocked.
    pub is_live: bool,
    /// Whether it is hidden.
    pub is_hidden: bool,
}

/// Where a restored comment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RestoredComment {
    /// The post.
    pub post_id: PostId,
    /// The comment that it replies to.
    pub parent_id: Option<CommentId>,
}

/// The field filters of the list of one's own comments, all ANDed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnCommentFilter {
    /// By board.
    pub board: Option<OneOf<BoardId>>,
    /// By post.
    pub post: Option<OneOf<PostId>>,
    /// By time of writing.
    pub created_at: Vec<TimeTest>,
}

/// Comments. "In sight" means parts (a), (b) and (d) of the visibility predicate of the post. A comment is "shown" while
/// it is live and by nobody whom the viewer has blocked or, as a placeholder, has live replies by such people (CMT-3,
/// CMT-4).
pub trait CommentRepository {
    /// The post as the place of its comments, if it is in the viewer's sight; one statement.
    fn find_thread(&mut self, viewer: &Actor, post: PostId) -> Result<Option<Thread>, StoreError>;

    /// As [`find_thread`](Self::find_thread), and keeps every other write unit from changing the post, its comments and
    /// the numbers of its writers until this one ends.
    fn find_thread_locked(&mut self, viewer: &Actor, post: PostId) -> Result<Option<Thread>, StoreError>;

    /// The comment with its place, if it is shown and its post in the viewer's sight; one statement.
    fn find(&mut self, viewer: &Actor, id: CommentId) -> Result<Option<FoundComment>, StoreError>;

    /// As [`find`](Self::find), with the whole thread kept from other write units until this one ends.
    fn find_locked(&mut self, viewer: &Actor, id: CommentId) -> Result<Option<FoundComment>, StoreError>;

    /// A top-level comment of `post`, whatever became of it.
    fn find_parent(
        &mut self,
        viewer: &Actor,
        post: PostId,
        id: CommentId,
    ) -> Result<Option<Parent>, StoreError>;

    /// The shown top-level comments of a thread with at most `replies_max` replies each; one statement whatever the
    /// limits.
    fn list(
        &mut self,
        viewer: &Actor,
        thread: &Thread,
        request: FeedRequest,
        replies_max: u32,
    ) -> Result<Feed<CommentTree>, StoreError>;

    /// The live replies to a comment of `thread` by people whom the viewer has not blocked; one statement.
    fn list_replies(
        &mut self,
        viewer: &Actor,
        thread: &Thread,
        parent: CommentId,
        request: FeedRequest,
    ) -> Result<Feed<CommentView>, StoreError>;

    /// The viewer's own live comments, anonymous and hidden ones included, in posts that the viewer may see; one
    /// statement.
    fn list_own(
        &mut self,
        viewer: &Actor,
        filter: &OwnCommentFilter,
        request: FeedRequest,
    ) -> Result<Feed<FoundComment>, StoreError>;

    /// The next free number among the anonymous writers of a thread that is held, kept for `writer` from now on.
    fn add_number(&mut self, post: PostId, writer: UserId) -> Result<u32, StoreError>;

    /// Stores a comment.
    fn add(&mut self, comment: &NewComment) -> Result<(), StoreError>;

    /// Writes a changed text.
    fn save_contents(&mut self, id: CommentId, contents: &str, at: Timestamp) -> Result<(), StoreError>;

    /// Marks a live comment deleted by its author; `false` when it was not live any more.
    fn mark_deleted(&mut self, id: CommentId, at: Timestamp) -> Result<bool, StoreError>;

    /// Takes the author's mark of deletion back if the comment's post and board are live and no staff removed it;
    /// answers where it stands, or `None`. The thread is held afterwards.
    fn restore(&mut self, id: CommentId) -> Result<Option<RestoredComment>, StoreError>;

    /// Erases the text of a deleted comment, whatever became of its post. A bare row stays while replies refer to it, live
    /// ones or ones that may come back, or staff have removed it; the row that this comment was the last reply to goes
    /// with it. Anything not deleted by its author is left as it is.
    fn purge(&mut self, id: CommentId) -> Result<(), StoreError>;

    /// Adds `by` to the likes; answers how many there are then.
    fn bump_likes(&mut self, id: CommentId, by: i64) -> Result<i64, StoreError>;

    /// Adds to the number of live replies of a comment.
    fn bump_replies(&mut self, id: CommentId, by: i64) -> Result<(), StoreError>;
}
