//! Writes what was read.

use madang_domain::store::{Store, StoreError};
use madang_domain::views::{ViewBuffer, record_views};
use std::sync::Arc;

/// Writes the readings that wait. What fails waits for the next time.
pub(super) async fn flush(store: &Arc<dyn Store>, views: &ViewBuffer) {
    let taken: Arc<[_]> = views.take().into();
    if taken.is_empty() {
        return;
    }
    let written = Arc::clone(&taken);
    let flushed: Result<(), StoreError> = store.write(move |uow| record_views(uow, &written)).await;
    if let Err(error) = flushed {
        tracing::warn!(error = &error as &dyn std::error::Error, "readings could not be written");
        views.put_back(&taken);
    }
}
