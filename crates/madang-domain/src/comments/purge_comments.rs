//! Erasing comments whose time in the trash is over.

use crate::ctx::Moment;
use crate::store::{StoreError, UnitOfWork};
use crate::trash::TrashKind;

/// How many comments one unit erases, so that nobody waits long.
const BATCH: usize = 100;

/// Erases what comments said, after `trash.keep_days` (DEL-6); answers how many. No counter moves: the comments stopped
/// counting when they were deleted.
pub fn purge_comments(uow: &mut dyn UnitOfWork, moment: &Moment) -> Result<usize, StoreError> {
    let before = moment.now - moment.policy.trash.keep;
    let ids = uow.trash().take_expired(TrashKind::Comment, before, BATCH)?;
    for id in &ids {
        uow.comments().purge((*id).into())?;
        uow.removals().blank_copies(*id)?;
    }
    Ok(ids.len())
}
