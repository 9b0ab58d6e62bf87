//! Writing many rows in few units.

use madang_domain::store::{Store, StoreError, UnitOfWork};
use std::sync::Arc;

/// Rows a unit: few enough to end long before any timeout.
const ROWS: usize = 500;

/// Writes each of `rows` by `write`, in order.
pub(crate) fn write_all<R, F>(store: &Arc<dyn Store>, rows: Vec<R>, write: F) -> Result<(), StoreError>
where
    R: Send + Sync + 'static,
    F: Fn(&mut dyn UnitOfWork, &R) -> Result<(), StoreError> + Send + Sync + 'static,
{
    let (rows, write) = (Arc::new(rows), Arc::new(write));
    for start in (0..rows.len()).step_by(ROWS) {
        let (rows, write) = (Arc::clone(&rows), Arc::clone(&write));
        store.write_blocking(move |uow| {
            let chunk = &rows[start..rows.len().min(start + ROWS)];
            chunk.iter().try_for_each(|row| write(uow, row))
        })?;
    }
    Ok(())
}
