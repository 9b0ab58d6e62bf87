//! Reading one's own sanctions.

use super::{Sanction, SanctionFilter};
use crate::actor::Role;
use crate::ctx::{Ctx, Moment, Timestamp};
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
    /// Appeal.
    pub appeal: Permission,
    /// Lift: never one's own.
    pub lift: Permission,
}

impl OwnSanction {
    /// The sanction as its subject sees it, who has this role.
    pub fn new(moment: &Moment, role: Role, sanction: Sanction) -> Self {
        let lift = if role >= Role::Moderator { Denial::ConflictOfInterest } else { Denial::Forbidden };
        Self {
            appeal_until: sanction.appeal_until(moment),
            appeal: sanction.check_appeal(moment),
            lift: Err(lift),
            sanction,
        }
    }
}

/// The caller's own sanctions, the latest first (SAN-3).
pub fn list_own_sanctions(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    filter: &SanctionFilter,
    request: PageRequest,
) -> Result<Page<OwnSanction>, StoreError> {
    let page = uow.sanctions().list_own(ctx.actor.user, filter, ctx.now, request)?;
    Ok(page.map(|sanction| OwnSanction::new(ctx, ctx.actor.role, sanction)))
}
