//! Marking one's own notices read (NOT-5).

use crate::ctx::{Ctx, Timestamp};
use crate::ids::NotificationId;
use crate::store::{StoreError, UnitOfWork};

/// Why a notice is not marked.
#[derive(Debug, thiserror::Error)]
pub enum MarkReadError {
    /// The caller has no such notice.
    #[error("no such notice")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Marks a notice of the caller read; again is the same.
pub fn mark_read(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: NotificationId) -> Result<(), MarkReadError> {
    match uow.notifications().mark_read(ctx.actor.user, id, ctx.now)? {
        true => Ok(()),
        false => Err(MarkReadError::NotFound),
    }
}

/// Marks the caller's notices read that are no later than `until`, or all there are by now.
pub fn mark_all_read(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    until: Option<Timestamp>,
) -> Result<(), StoreError> {
    uow.notifications().mark_all_read(ctx.actor.user, until.unwrap_or(ctx.now), ctx.now)
}
