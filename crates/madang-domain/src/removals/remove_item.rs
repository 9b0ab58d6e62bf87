//! Removing an item as staff.

use super::{StaffAccessError, TargetKind, find_kept_for_staff, refuse_stranger, take_down};
use crate::audit::ModerationAct;
use crate::ctx::Ctx;
use crate::permissions::Denial;
use crate::posts::ReportReason;
use crate::reports::{Verdict, close_case};
use crate::store::{StoreError, UnitOfWork};
use uuid::Uuid;

/// What staff remove, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoveItem {
    /// The kind of it.
    pub kind: TargetKind,
    /// Its id.
    pub id: Uuid,
    /// Under which rule.
    pub rule: ReportReason,
    /// Why, told to the author.
    pub reason: String,
}

/// Why an item is not removed.
#[derive(Debug, thiserror::Error)]
pub enum RemoveItemError {
    /// No such item for this caller.
    #[error("no such item")]
    NotFound,
    /// The caller may not remove it.
    #[error("the caller may not remove it")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StaffAccessError> for RemoveItemError {
    fn from(error: StaffAccessError) -> Self {
        match error {
            StaffAccessError::NotFound => Self::NotFound,
            StaffAccessError::Forbidden => Self::Denied(Denial::Forbidden),
            StaffAccessError::Store(error) => Self::Store(error),
        }
    }
}

/// Removes a post or comment (BRD-4, SAN-1). An open case on it is decided by that.
pub fn remove_item(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: RemoveItem,
) -> Result<ModerationAct, RemoveItemError> {
    let Some(item) = command.kind.item(command.id) else {
        return Err(refuse_stranger(uow, &ctx.actor)?.into());
    };
    let item = find_kept_for_staff(uow, ctx, item)?;
    item.check_remove(&ctx.actor).map_err(RemoveItemError::Denied)?;
    let act = take_down(uow, ctx, &item, command.rule, &command.reason)?;
    if let Some(case) = uow.reports().find_open_case(item.item.kind(), item.item.id())? {
        close_case(uow, ctx, case, &Verdict::removed(command.reason))?;
    }
    Ok(act)
}
