//! Reading one's own sanctions.

use super::{Sanction, SanctionFilter};
use crate::ctx::{Ctx, Timestamp};
use crate::paging::{Page, PageRequest};
use crate::permissions::{Denial, Permission};
use crate::store::{StoreError, UnitOfWork};

/// A sanction with what its subject may do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnSanction {
    /// The sanction.
    pub sanction: Sanction,
    /// Until when an appeal is open.
    pub appeal_until: Timestamp,
    /// Appeal; not offered yet.
    pub appeal: Permission,
    /// Lift; not offered yet.
    pub lift: Permission,
}

/// The caller's own sanctions, the latest first (SAN-3).
pub fn list_own_sanctions(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    filter: &SanctionFilter,
    request: PageRequest,
) -> Result<Page<OwnSanction>, StoreError> {
    let page = uow.sanctions().list_own(ctx.actor.user, filter, ctx.now, request)?;
    Ok(page.map(|sanction| OwnSanction {
        appeal_until: sanction.starts_at + ctx.policy.sanctions.appeal,
        sanction,
        appeal: Err(Denial::NotFound),
        lift: Err(Denial::NotFound),
    }))
}
