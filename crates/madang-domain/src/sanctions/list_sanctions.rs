//! Reading sanctions as staff.

use super::staff_sanction::reach;
use super::{SanctionFilter, SeenSanction};
use crate::ctx::Ctx;
use crate::paging::{Page, PageRequest};
use crate::reports::CaseReach;
use crate::store::{StoreError, UnitOfWork};

/// Why sanctions are not shown.
#[derive(Debug, thiserror::Error)]
pub enum ListSanctionsError {
    /// The caller is no staff and manages no board.
    #[error("the caller is not staff")]
    Forbidden,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The sanctions that the caller may see, the latest first: managers those of their boards, moderators those of their school,
/// admins all.
pub fn list_sanctions(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    filter: &SanctionFilter,
    request: PageRequest,
) -> Result<Page<SeenSanction>, ListSanctionsError> {
    let reach = reach(ctx);
    if let CaseReach::ManagedBy(user) = reach
        && uow.boards().list_managed(user)?.is_empty()
    {
        return Err(ListSanctionsError::Forbidden);
    }
    let page = uow.sanctions().list(&ctx.actor, reach, filter, ctx.now, request)?;
    Ok(page.map(|sanction| sanction.seen(ctx)))
}
