//! Listing one's own posts.

use super::list_posts::list;
use super::{ListPostsError, PostFilter, PostScope, PostSummary};
use crate::ctx::Ctx;
use crate::paging::{Feed, FeedRequest};
use crate::store::UnitOfWork;

/// The caller's own posts, anonymous and hidden ones included (VIS-3).
pub fn list_own_posts(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    filter: &PostFilter,
    request: FeedRequest,
) -> Result<Feed<PostSummary>, ListPostsError> {
    list(uow, ctx, PostScope::Own, filter, request)
}
