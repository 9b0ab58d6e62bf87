//! Lifting a sanction.

use super::staff_sanction::reach;
use super::{SanctionKind, StaffSanction, act};
use crate::ctx::Ctx;
use crate::ids::SanctionId;
use crate::permissions::Denial;
use crate::removals::{StaffAccessError, refuse_stranger};
use crate::store::{StoreError, UnitOfWork};

/// Why a sanction is not lifted.
#[derive(Debug, thiserror::Error)]
pub enum LiftSanctionError {
    /// No such sanction for this caller, or it does not hold any more.
    #[error("no such sanction")]
    NotFound,
    /// Not this caller's to lift.
    #[error("the caller may not lift it")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StaffAccessError> for LiftSanctionError {
    fn from(error: StaffAccessError) -> Self {
        match error {
            StaffAccessError::NotFound => Self::NotFound,
            StaffAccessError::Forbidden => Self::Denied(Denial::Forbidden),
            StaffAccessError::Store(error) => Self::Store(error),
        }
    }
}

/// Lifts a sanction before its time. An item that was removed with it stays removed: that is undone by restoring the item.
pub fn lift_sanction(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: SanctionId) -> Result<(), LiftSanctionError> {
    let Some(found) = uow.sanctions().find(&ctx.actor, reach(ctx), id)? else {
        return Err(refuse_stranger(uow, &ctx.actor)?.into());
    };
    match found.check_lift(ctx) {
        Err(Denial::NotFound) => return Err(LiftSanctionError::NotFound),
        Err(denial) => return Err(LiftSanctionError::Denied(denial)),
        Ok(()) => {}
    }
    if !undo(uow, ctx, &found)? {
        return Err(LiftSanctionError::NotFound);
    }
    Ok(uow.audit().add_act(&act(ctx, "sanction_lifted", &found, None))?)
}

/// Ends a sanction, and what it did, now; `false` when somebody else has done so.
pub(crate) fn undo(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    sanction: &StaffSanction,
) -> Result<bool, StoreError> {
    if !uow.sanctions().lift(sanction.sanction.id, ctx.now)? {
        return Ok(false);
    }
    if sanction.sanction.kind != SanctionKind::Warning {
        uow.sanctions().enforce(sanction.subject, ctx.now)?;
    }
    Ok(true)
}
