//! Taking a board over.

use super::TransferError;
use crate::boards::BoardChange;
use crate::boards::acts::{EDITED, act};
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::permissions::Denial;
use crate::store::UnitOfWork;

/// Makes the caller the manager of a board that was offered to the caller.
pub fn accept_transfer(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: BoardId) -> Result<(), TransferError> {
    let me = ctx.actor.user;
    let Some(view) = uow.boards().find_view_locked(&ctx.actor, id)? else {
        return Err(TransferError::NotFound);
    };
    match view.open_transfer(ctx) {
        Some(offer) if offer.to.id == me => {}
        _ => return Err(TransferError::NotFound),
    }
    ctx.actor.check_unrestricted_in(id).map_err(|state| TransferError::Denied(Denial::from(state)))?;
    let limit = ctx.policy.boards.managed_max;
    uow.boards().hold_user(me)?;
    let managed = uow.boards().list_managed(me)?.len();
    if i64::try_from(managed).is_ok_and(|n| n >= limit) {
        return Err(TransferError::LimitReached { limit });
    }
    let change = BoardChange { manager_id: Some(me), updated_at: ctx.now, ..BoardChange::from(&view.board) };
    uow.boards().save(id, &change)?;
    uow.transfers().remove(id)?;
    Ok(uow.audit().add_act(&act(ctx, view.board.school_id, id, EDITED))?)
}
