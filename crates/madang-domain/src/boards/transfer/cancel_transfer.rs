//! Taking an offer back, or declining it.

use super::TransferError;
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::store::UnitOfWork;

/// Ends the open offer of a board, as its manager or as the one who was asked; to all others there is none.
pub fn cancel_transfer(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: BoardId) -> Result<(), TransferError> {
    let Some(view) = uow.boards().find_view_locked(&ctx.actor, id)? else {
        return Err(TransferError::NotFound);
    };
    if view.open_transfer(ctx).is_none() {
        return Err(TransferError::NotFound);
    }
    Ok(uow.transfers().remove(id)?)
}
