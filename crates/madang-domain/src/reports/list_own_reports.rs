//! Reading one's own reports.

use super::{Report, ReportFilter};
use crate::ctx::Ctx;
use crate::paging::{Page, PageRequest};
use crate::store::{StoreError, UnitOfWork};

/// The caller's own reports, the latest first.
pub fn list_own_reports(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    filter: &ReportFilter,
    request: PageRequest,
) -> Result<Page<Report>, StoreError> {
    uow.reports().list_own(ctx.actor.user, filter, request)
}
