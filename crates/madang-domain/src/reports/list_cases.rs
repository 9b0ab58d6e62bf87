//! Reading the queue of cases.

use super::{CaseQuery, CaseReach, SeenCase};
use crate::ctx::Ctx;
use crate::paging::Page;
use crate::store::{StoreError, UnitOfWork};

/// Why the queue is not shown.
#[derive(Debug, thiserror::Error)]
pub enum ListCasesError {
    /// The caller is no staff and manages no board.
    #[error("the caller is not staff")]
    Forbidden,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The cases that the caller may see (RPT-6).
pub fn list_cases(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    query: &CaseQuery,
) -> Result<Page<SeenCase>, ListCasesError> {
    let reach = CaseReach::of(&ctx.actor);
    if let CaseReach::ManagedBy(user) = reach
        && uow.boards().list_managed(user)?.is_empty()
    {
        return Err(ListCasesError::Forbidden);
    }
    let page = uow.reports().list_cases(&ctx.actor, reach, query)?;
    Ok(page.map(|case| case.seen(&ctx.actor)))
}
