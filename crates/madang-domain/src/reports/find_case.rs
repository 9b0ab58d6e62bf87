//! Reading one case.

use super::{CaseReach, SeenCase};
use crate::ctx::Ctx;
use crate::ids::CaseId;
use crate::removals::{StaffAccessError, refuse_stranger};
use crate::store::{StoreError, UnitOfWork};

/// Why a case is not shown.
#[derive(Debug, thiserror::Error)]
pub enum FindCaseError {
    /// No such case for this caller.
    #[error("no such case")]
    NotFound,
    /// The caller is no staff and manages no board.
    #[error("the caller is not staff")]
    Forbidden,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StaffAccessError> for FindCaseError {
    fn from(error: StaffAccessError) -> Self {
        match error {
            StaffAccessError::NotFound => Self::NotFound,
            StaffAccessError::Forbidden => Self::Forbidden,
            StaffAccessError::Store(error) => Self::Store(error),
        }
    }
}

/// A case that the caller may see (RPT-6).
pub fn find_case(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: CaseId) -> Result<SeenCase, FindCaseError> {
    match uow.reports().find_case(&ctx.actor, CaseReach::of(&ctx.actor), id)? {
        Some(case) => Ok(case.seen(&ctx.actor)),
        None => Err(refuse_stranger(uow, &ctx.actor)?.into()),
    }
}
