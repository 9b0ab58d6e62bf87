//! Erasing posts whose time in the trash is over.

use crate::ctx::Moment;
use crate::store::{StoreError, UnitOfWork};
use crate::trash::TrashKind;

/// How many posts one unit erases, so that nobody waits long.
const BATCH: usize = 100;

/// Erases what posts said and showed, after `trash.keep_days` (DEL-6); answers how many. What is found by search went when
/// the post was deleted, and the bare row stays for what refers to it.
pub fn purge_posts(uow: &mut dyn UnitOfWork, moment: &Moment) -> Result<usize, StoreError> {
    let before = moment.now - moment.policy.trash.keep;
    let ids = uow.trash().take_expired(TrashKind::Post, before, BATCH)?;
    for id in &ids {
        uow.media().drop_of_post((*id).into(), moment.now)?;
        uow.posts().blank((*id).into())?;
        uow.removals().blank_copies(*id)?;
    }
    Ok(ids.len())
}
