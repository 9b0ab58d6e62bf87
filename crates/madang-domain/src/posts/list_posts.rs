//! Listing posts, everywhere or of one board.

use super::{PostFilter, PostKey, PostQuery, PostScope, PostSummary};
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::paging::{Feed, FeedRequest};
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};

/// Why posts cannot be listed.
#[derive(Debug, thiserror::Error)]
pub enum ListPostsError {
    /// No such board for this viewer.
    #[error("no such board")]
    BoardNotFound,
    /// A guest in a board that is closed to guests.
    #[error("the caller may not read it")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The posts of all boards that the viewer reads.
pub fn list_posts(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    filter: &PostFilter,
    request: FeedRequest,
) -> Result<Feed<PostSummary>, ListPostsError> {
    list(uow, ctx, PostScope::Everywhere, filter, request)
}

/// The posts of one board.
pub fn list_board_posts(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    board: BoardId,
    filter: &PostFilter,
    request: FeedRequest,
) -> Result<Feed<PostSummary>, ListPostsError> {
    let found = uow.boards().find(board)?.filter(|board| board.is_in_sight_of(&ctx.actor));
    let Some(board) = found else { return Err(ListPostsError::BoardNotFound) };
    board.check_read(&ctx.actor).map_err(ListPostsError::Denied)?;
    list(uow, ctx, PostScope::Board(board.id), filter, request)
}

pub(super) fn list(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    scope: PostScope,
    filter: &PostFilter,
    request: FeedRequest,
) -> Result<Feed<PostSummary>, ListPostsError> {
    let contents_chars = PostSummary::chars_to_read(ctx);
    let query = PostQuery { scope, key: PostKey::Written, filter: filter.clone(), request, contents_chars };
    let feed = uow.posts().list(&ctx.actor, &query)?;
    Ok(feed.map(|post| PostSummary::new(ctx, post)))
}
