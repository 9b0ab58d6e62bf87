//! Tells those of boards' notices who could not be told at once.

use madang_domain::notifications;
use madang_domain::store::{Store, StoreError};
use std::sync::Arc;

/// How many units one round of the jobs spends on it, so that other jobs have their turn.
const UNITS: usize = 100;

/// Tells on, some people a unit, so that nobody else waits long.
pub(super) async fn tell_on(store: &Arc<dyn Store>) {
    for _ in 0..UNITS {
        let told: Result<bool, StoreError> = store.write(notifications::tell_on).await;
        match told {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "people could not be told of a notice"
                );
                return;
            }
        }
    }
}
