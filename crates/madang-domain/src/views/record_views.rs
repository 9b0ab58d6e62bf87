//! Writing what was read.

use super::View;
use crate::ids::PostId;
use crate::store::{StoreError, UnitOfWork};
use std::collections::BTreeMap;

/// How many readings one statement writes.
const BATCH: usize = 1000;

/// Keeps `views` and counts those that were not known. Posts with equally many new readers share a statement.
pub fn record_views(uow: &mut dyn UnitOfWork, views: &[View]) -> Result<(), StoreError> {
    let mut new: BTreeMap<PostId, i64> = BTreeMap::new();
    for batch in views.chunks(BATCH) {
        for post in uow.views().add(batch)? {
            *new.entry(post).or_default() += 1;
        }
    }
    let mut by_number: BTreeMap<i64, Vec<PostId>> = BTreeMap::new();
    for (post, number) in new {
        by_number.entry(number).or_default().push(post);
    }
    for (number, posts) in by_number {
        for posts in posts.chunks(BATCH) {
            uow.posts().bump_views(posts, number)?;
        }
    }
    Ok(())
}
