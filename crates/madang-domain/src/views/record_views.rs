//! Writing what was read.

use super::View;
use crate::ids::PostId;
use crate::store::{StoreError, UnitOfWork};
use std::collections::BTreeMap;

/// How many readings one statement writes.
const BATCH: usize = 1000;

/// Keeps `views` and counts those that were not known: two statements for each thousand, however they fall on posts.
pub fn record_views(uow: &mut dyn UnitOfWork, views: &[View]) -> Result<(), StoreError> {
    let mut new: BTreeMap<PostId, i64> = BTreeMap::new();
    for batch in views.chunks(BATCH) {
        for post in uow.views().add(batch)? {
            *new.entry(post).or_default() += 1;
        }
    }
    let new: Vec<(PostId, i64)> = new.into_iter().collect();
    new.chunks(BATCH).try_for_each(|batch| uow.posts().bump_views(batch))
}
