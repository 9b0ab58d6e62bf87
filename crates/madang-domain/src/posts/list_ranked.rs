//! Listing what was liked most.

use super::{BestWithin, HalfYear, PostFilter, PostKey, PostQuery, PostScope, PostSummary};
use crate::ctx::Ctx;
use crate::filters::OneOf;
use crate::ids::BoardId;
use crate::paging::{Feed, FeedRequest};
use crate::store::{StoreError, UnitOfWork};

/// The hot posts of all boards that the viewer reads, by the time at which they became hot.
pub fn list_hot_posts(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    board: Option<OneOf<BoardId>>,
    request: FeedRequest,
) -> Result<Feed<PostSummary>, StoreError> {
    let filter = PostFilter { board, ..PostFilter::default() };
    list(uow, ctx, PostKey::Hot, filter, request)
}

/// The best posts of all boards that the viewer reads, by the time at which they became so; of these halves of years in
/// the time zone of the post's school (POST-8).
pub fn list_best_posts(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    board: Option<OneOf<BoardId>>,
    halves: Option<&OneOf<HalfYear>>,
    request: FeedRequest,
) -> Result<Feed<PostSummary>, StoreError> {
    let best_within = match halves {
        None => None,
        Some(halves) => Some(best_within(uow, ctx, halves)?),
    };
    let filter = PostFilter { board, best_within, ..PostFilter::default() };
    list(uow, ctx, PostKey::Best, filter, request)
}

/// The ranges of `halves` in every zone in which a school that the viewer sees has its clocks.
fn best_within(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    halves: &OneOf<HalfYear>,
) -> Result<Vec<BestWithin>, StoreError> {
    let mut halves = halves.0.clone();
    halves.sort_unstable();
    halves.dedup();
    let ranges = |zone| halves.iter().map(|half| half.range(zone)).collect();
    if !ctx.actor.is_admin() {
        let school = uow.schools().find(ctx.actor.school)?;
        let zone = school.map_or(chrono_tz::UTC, |school| school.settings.time_zone);
        return Ok(vec![BestWithin { zone: None, ranges: ranges(zone) }]);
    }
    let mut zones: Vec<_> = uow.schools().list_time_zones()?.into_iter().map(|(_, zone)| zone).collect();
    zones.sort_unstable_by_key(|zone| zone.name());
    zones.dedup();
    Ok(match zones.as_slice() {
        [zone] => vec![BestWithin { zone: None, ranges: ranges(*zone) }],
        zones => zones.iter().map(|zone| BestWithin { zone: Some(*zone), ranges: ranges(*zone) }).collect(),
    })
}

fn list(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    key: PostKey,
    filter: PostFilter,
    request: FeedRequest,
) -> Result<Feed<PostSummary>, StoreError> {
    let contents_chars = PostSummary::chars_to_read(ctx);
    let query = PostQuery { scope: PostScope::Everywhere, key, filter, request, contents_chars };
    let feed = uow.posts().list(&ctx.actor, &query)?;
    Ok(feed.map(|post| PostSummary::new(ctx, post)))
}
