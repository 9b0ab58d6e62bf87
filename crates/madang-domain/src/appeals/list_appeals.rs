//! Reading appeals as staff.

use super::{Appeal, AppealStatus};
use crate::actor::{CallerStateError, Role};
use crate::ctx::Ctx;
use crate::filters::OneOf;
use crate::ids::SchoolId;
use crate::paging::{Page, PageRequest};
use crate::store::{StoreError, UnitOfWork};

/// Why appeals are not shown.
#[derive(Debug, thiserror::Error)]
pub enum ListAppealsError {
    /// The caller is no moderator.
    #[error("the caller is no moderator")]
    Caller(CallerStateError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The appeals of the caller's school, or of all for an admin, the oldest first.
pub fn list_appeals(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    statuses: Option<&OneOf<AppealStatus>>,
    request: PageRequest,
) -> Result<Page<Appeal>, ListAppealsError> {
    ctx.actor.check_role(Role::Moderator).map_err(ListAppealsError::Caller)?;
    Ok(uow.appeals().list(school(ctx), statuses, request)?)
}

/// Whose appeals the caller, who is staff, sees.
pub(super) fn school(ctx: &Ctx) -> Option<SchoolId> {
    (!ctx.actor.is_admin()).then_some(ctx.actor.school)
}
