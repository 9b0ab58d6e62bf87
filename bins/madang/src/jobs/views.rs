//! Writes what was read.

use madang_domain::store::{Store, StoreError};
use madang_domain::views::{View, ViewBuffer, record_views};
use std::sync::Arc;

/// How many readings a unit writes, so that what people write comes in between.
const UNIT: usize = 1000;

/// Writes the readings that wait. What fails waits for the next time.
pub(super) async fn flush(store: &Arc<dyn Store>, views: &ViewBuffer) {
    let taken = views.take();
    let mut left = taken.as_slice();
    while !left.is_empty() {
        let (now, later) = left.split_at(UNIT.min(left.len()));
        let written: Arc<[View]> = now.into();
        let flushed: Result<(), StoreError> = store.write(move |uow| record_views(uow, &written)).await;
        if let Err(error) = flushed {
            tracing::warn!(error = &error as &dyn std::error::Error, "readings could not be written");
            views.put_back(left);
            return;
        }
        left = later;
    }
}
