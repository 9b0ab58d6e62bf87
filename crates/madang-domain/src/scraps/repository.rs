//! The port of scraps.

use crate::actor::Actor;
use crate::ctx::Timestamp;
use crate::filters::OneOf;
use crate::ids::{BoardId, PostId, UserId};
use crate::paging::{Feed, FeedRequest};
use crate::posts::PostView;
use crate::search::SearchTerms;
use crate::store::StoreError;

/// One list of scraps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScrapQuery {
    /// By board.
    pub board: Option<OneOf<BoardId>>,
    /// By words of the post.
    pub search: Option<SearchTerms>,
    /// From where, how many, in which order of scrapping.
    pub request: FeedRequest,
    /// How many characters of the contents to read.
    pub contents_chars: usize,
}

/// A scrap of the viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScrapView {
    /// When it was kept.
    pub scrapped_at: Timestamp,
    /// What was kept.
    pub post: PostView,
}

/// Scraps.
pub trait ScrapRepository {
    /// Keeps `post` for `user`; `false` when it is kept already.
    fn add(&mut self, user: UserId, post: PostId, at: Timestamp) -> Result<bool, StoreError>;

    /// Lets `post` go; `false` when `user` did not keep it.
    fn remove(&mut self, user: UserId, post: PostId) -> Result<bool, StoreError>;

    /// The viewer's scraps of posts that the viewer may see in a list (VIS-3); one statement whatever the limit.
    fn list(&mut self, viewer: &Actor, query: &ScrapQuery) -> Result<Feed<ScrapView>, StoreError>;
}
