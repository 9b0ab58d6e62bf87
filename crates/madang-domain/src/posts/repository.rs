//! The port of posts.

use super::{NewPost, PostView};
use crate::actor::Actor;
use crate::ctx::Timestamp;
use crate::filters::{NumberTest, OneOf, TextTest, TimeTest};
use crate::ids::{BoardId, PostId, SchoolId, UserId};
use crate::media::PostImage;
use crate::paging::{Feed, FeedRequest};
use crate::schools::TimeZone;
use crate::search::SearchTerms;
use crate::store::StoreError;
use chrono::TimeDelta;
use std::ops::Range;

/// Where posts are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostScope {
    /// All boards that the viewer reads; boards that are not searchable stay out of searches and text filters (POST-13).
    Everywhere,
    /// One board.
    Board(BoardId),
    /// What the viewer wrote, anonymous and hidden posts included.
    Own,
}

/// The instant that a list is ordered by; posts without it are not in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostKey {
    /// When the post was written.
    Written,
    /// When it became hot.
    Hot,
    /// When it became one of the best.
    Best,
}

/// When posts became one of the best, by the clocks of their schools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BestWithin {
    /// Where clocks run so; `None` wherever.
    pub zone: Option<TimeZone>,
    /// In one of these ranges, which are in order and do not overlap.
    pub ranges: Vec<Range<Timestamp>>,
}

/// The field filters of post lists, all ANDed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostFilter {
    /// By board.
    pub board: Option<OneOf<BoardId>>,
    /// By author: named posts, and the viewer's own anonymous ones for the viewer's own id (POST-9).
    pub author: Option<OneOf<UserId>>,
    /// By school.
    pub school: Option<OneOf<SchoolId>>,
    /// By title.
    pub title: Vec<TextTest>,
    /// By contents.
    pub contents: Vec<TextTest>,
    /// By hashtag: a post matches when one of its tags does. Tags are stored folded.
    pub hashtag: Vec<TextTest>,
    /// Questions or not.
    pub is_question: Option<bool>,
    /// Anonymous or not.
    pub is_anonymous: Option<bool>,
    /// By number of likes.
    pub like_count: Vec<NumberTest>,
    /// By number of comments.
    pub comment_count: Vec<NumberTest>,
    /// By time of writing.
    pub created_at: Vec<TimeTest>,
    /// By the time of becoming one of the best.
    pub best_within: Option<Vec<BestWithin>>,
    /// By words in title, contents and hashtags.
    pub search: Option<SearchTerms>,
}

impl PostFilter {
    /// Whether the filter looks into texts.
    pub fn reads_text(&self) -> bool {
        self.search.is_some()
            || !self.title.is_empty()
            || !self.contents.is_empty()
            || !self.hashtag.is_empty()
    }
}

/// One list of posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostQuery {
    /// Where.
    pub scope: PostScope,
    /// By what they are ordered.
    pub key: PostKey,
    /// Which.
    pub filter: PostFilter,
    /// From where, how many, in which direction.
    pub request: FeedRequest,
    /// How many characters of the contents to read.
    pub contents_chars: usize,
}

/// What an edit writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostTextChange {
    /// The new title.
    pub title: Option<String>,
    /// The new contents.
    pub contents: String,
    /// The hashtags of the new contents.
    pub hashtags: Vec<String>,
    /// The new images in order, which are attached and dropped apart.
    pub images: Vec<PostImage>,
    /// The new time of change.
    pub updated_at: Timestamp,
}

/// Where posting is spaced out (POST-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostingScope {
    /// One board.
    Board(BoardId),
    /// All promotion boards of a school together.
    Promotion(SchoolId),
}

/// Posts. "In sight" means parts (a), (b) and (d) of the visibility predicate: of the viewer's school, live with all
/// that contains it, its author not blocked by the viewer.
pub trait PostRepository {
    /// The post, if it is in the viewer's sight; one statement.
    fn find(&mut self, viewer: &Actor, id: PostId) -> Result<Option<PostView>, StoreError>;

    /// As [`find`](Self::find), and keeps every other write unit from changing the post until this one ends.
    fn find_locked(&mut self, viewer: &Actor, id: PostId) -> Result<Option<PostView>, StoreError>;

    /// The posts that the viewer may see in a list (VIS-3); one statement whatever the limit.
    fn list(&mut self, viewer: &Actor, query: &PostQuery) -> Result<Feed<PostView>, StoreError>;

    /// Stores a post with its identity apart when it is anonymous.
    fn add(&mut self, post: &NewPost) -> Result<(), StoreError>;

    /// Writes a changed text.
    fn save_text(&mut self, id: PostId, change: &PostTextChange) -> Result<(), StoreError>;

    /// Pauses or resumes comments.
    fn save_comments_locked(&mut self, id: PostId, locked: bool) -> Result<(), StoreError>;

    /// Adds `by` to the likes; answers how many there are then.
    fn bump_likes(&mut self, id: PostId, by: i64) -> Result<i64, StoreError>;

    /// Stamps the post hot, unless it is (POST-8).
    fn stamp_hot(&mut self, id: PostId, at: Timestamp) -> Result<(), StoreError>;

    /// Stamps the post as one of the best, unless it is (POST-8).
    fn stamp_best(&mut self, id: PostId, at: Timestamp) -> Result<(), StoreError>;

    /// Adds `by` to the scraps.
    fn bump_scraps(&mut self, id: PostId, by: i64) -> Result<(), StoreError>;

    /// Adds to the number of live comments.
    fn bump_comments(&mut self, id: PostId, by: i64) -> Result<(), StoreError>;

    /// Notes when somebody else first commented (POST-5).
    fn mark_answered(&mut self, id: PostId, at: Timestamp) -> Result<(), StoreError>;

    /// Adds to each of these posts its number of new readers. At most 1,000, each once.
    fn bump_views(&mut self, readers: &[(PostId, i64)]) -> Result<(), StoreError>;

    /// Marks a live post deleted by its author; `false` when it was not live any more.
    fn mark_deleted(&mut self, id: PostId, at: Timestamp) -> Result<bool, StoreError>;

    /// Erases title, text, hashtags and captions of a deleted or removed post that nobody can restore any more; the bare row
    /// stays.
    fn blank(&mut self, id: PostId) -> Result<(), StoreError>;

    /// Takes the author's mark of deletion back if the post is still whole, its board live, and no staff removed it;
    /// answers the board, or `None`.
    fn restore(&mut self, id: PostId) -> Result<Option<BoardId>, StoreError>;

    /// Notes that `user` posts at `now` in `scope`, unless the last time is less than `interval` ago: then the instant
    /// from which it is possible again. Atomic against parallel posts.
    fn record_posting(
        &mut self,
        user: UserId,
        scope: PostingScope,
        now: Timestamp,
        interval: TimeDelta,
    ) -> Result<Option<Timestamp>, StoreError>;

    /// Notes the digest of the text that `user` posts in `school`; `false` when it is that of the previous one. Atomic
    /// against parallel posts.
    fn record_text(&mut self, user: UserId, school: SchoolId, digest: [u8; 32]) -> Result<bool, StoreError>;

    /// Notes the digest that the text of `post` has after an edit by its author `user`, if it is the latest that `user` has
    /// posted in its school; one statement.
    fn replace_text(
        &mut self,
        user: UserId,
        post: PostId,
        before: [u8; 32],
        after: [u8; 32],
    ) -> Result<(), StoreError>;
}
