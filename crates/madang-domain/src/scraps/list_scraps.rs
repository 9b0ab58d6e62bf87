//! Listing what the caller keeps.

use super::ScrapQuery;
use crate::ctx::{Ctx, Timestamp};
use crate::filters::OneOf;
use crate::ids::BoardId;
use crate::paging::{Feed, FeedRequest};
use crate::posts::PostSummary;
use crate::search::SearchTerms;
use crate::store::{StoreError, UnitOfWork};

/// A scrap in the list of its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScrapSummary {
    /// When it was kept.
    pub scrapped_at: Timestamp,
    /// What was kept.
    pub post: PostSummary,
}

/// The caller's scraps of posts that are visible now (SCR-2).
pub fn list_scraps(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    board: Option<OneOf<BoardId>>,
    search: Option<SearchTerms>,
    request: FeedRequest,
) -> Result<Feed<ScrapSummary>, StoreError> {
    let query = ScrapQuery { board, search, request, contents_chars: PostSummary::chars_to_read(ctx) };
    let feed = uow.scraps().list(&ctx.actor, &query)?;
    Ok(feed.map(|scrap| ScrapSummary {
        scrapped_at: scrap.scrapped_at,
        post: PostSummary::new(ctx, scrap.post),
    }))
}
