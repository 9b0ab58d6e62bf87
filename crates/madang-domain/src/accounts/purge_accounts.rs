//! Erasing accounts for good (ACC-20, ACC-21).

use crate::audit::{AuditAction, AuditEntry};
use crate::ctx::Moment;
use crate::store::{StoreError, UnitOfWork};

/// Most accounts of one unit, so that no other waits long for it.
const BATCH: u32 = 50;

/// Erases the identity and the private rows of accounts that were withdrawn long enough ago, and of guests who never
/// proved an address; answers how many, at most one batch.
pub fn purge_accounts(uow: &mut dyn UnitOfWork, moment: &Moment) -> Result<usize, StoreError> {
    let withdrawn = uow.accounts().list_purgeable(moment.now, BATCH)?;
    let unproven_since = moment.now - moment.policy.accounts.unverified_purge;
    let unproven = uow.accounts().list_unproven(unproven_since, BATCH)?;
    for id in &unproven {
        uow.accounts().mark_withdrawn(*id, moment.now, moment.now)?;
    }
    for id in withdrawn.iter().chain(&unproven) {
        uow.media().drop_of_user(*id, moment.now)?;
        uow.accounts().erase(*id)?;
        uow.audit().add_event(&AuditEntry::new(moment, AuditAction::AccountErased).about(*id))?;
    }
    Ok(withdrawn.len() + unproven.len())
}
