//! Looking at an item as staff.

use super::{SeenItem, StaffAccessError, TargetKind, refuse_stranger};
use crate::ctx::Ctx;
use crate::sanctions::check_sanction;
use crate::store::{StoreError, UnitOfWork};
use uuid::Uuid;

/// Why an item is not shown.
#[derive(Debug, thiserror::Error)]
pub enum FindItemError {
    /// No such item for this caller.
    #[error("no such item")]
    NotFound,
    /// The caller is not staff of the item's board.
    #[error("the caller is not staff here")]
    Forbidden,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StaffAccessError> for FindItemError {
    fn from(error: StaffAccessError) -> Self {
        match error {
            StaffAccessError::NotFound => Self::NotFound,
            StaffAccessError::Forbidden => Self::Forbidden,
            StaffAccessError::Store(error) => Self::Store(error),
        }
    }
}

/// An item in whatever state, until it is erased, for staff of its board (VIS-6).
pub fn find_item(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    kind: TargetKind,
    id: Uuid,
) -> Result<SeenItem, FindItemError> {
    let found = match kind.item(id) {
        Some(item) => uow.removals().find(&ctx.actor, item)?,
        None => None,
    };
    match found {
        Some(item) if item.is_moderated_by(&ctx.actor) && !item.is_erased() => {
            let sanction = check_sanction(&ctx.actor, &item);
            Ok(item.seen(&ctx.actor, sanction))
        }
        Some(item) if item.is_live() && item.container_is_live => Err(FindItemError::Forbidden),
        _ => Err(refuse_stranger(uow, &ctx.actor)?.into()),
    }
}
