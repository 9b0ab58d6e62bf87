//! Erasing what staff removed long ago.

use super::ItemRef;
use crate::ctx::Moment;
use crate::store::{StoreError, UnitOfWork};

/// How many items one unit erases, so that nobody waits long.
const BATCH: usize = 100;

/// Erases what removed posts and comments said and showed, `trash.keep_days` after their removal (DEL-6), but nothing that an
/// open case speaks of (DEL-7); answers how many. The bare rows stay, because the log refers to them.
pub fn purge_removed(uow: &mut dyn UnitOfWork, moment: &Moment) -> Result<usize, StoreError> {
    let before = moment.now - moment.policy.trash.keep;
    let items = uow.removals().list_expired(before, BATCH)?;
    for item in &items {
        if let ItemRef::Post(id) = *item {
            uow.media().drop_of_post(id, moment.now)?;
        }
        uow.removals().blank(*item)?;
    }
    Ok(items.len())
}
