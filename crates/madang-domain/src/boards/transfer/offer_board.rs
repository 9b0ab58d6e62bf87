//! Offering a board to another manager.

use super::TransferError;
use crate::ctx::Ctx;
use crate::ids::{BoardId, UserId};
use crate::notifications::tell_of_offer;
use crate::store::UnitOfWork;
use crate::text::FieldError;

/// What is offered to whom. The caller's password is confirmed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferBoard {
    /// The board.
    pub board: BoardId,
    /// Another proven member of its school; a sanction makes no difference.
    pub to: UserId,
}

/// Whether a board is the caller's to offer at all, which is asked before the caller's password.
pub fn check_offering(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: BoardId) -> Result<(), TransferError> {
    let view = uow.boards().find_view(&ctx.actor, id)?.ok_or(TransferError::NotFound)?;
    view.board.check_manager(&ctx.actor).map_err(TransferError::Denied)
}

/// Offers a board that the caller manages; lapses after `boards.transfer_days`.
pub fn offer_board(uow: &mut dyn UnitOfWork, ctx: &Ctx, command: OfferBoard) -> Result<(), TransferError> {
    let Some(view) = uow.boards().find_view_locked(&ctx.actor, command.board)? else {
        return Err(TransferError::NotFound);
    };
    view.board.check_manager(&ctx.actor).map_err(TransferError::Denied)?;
    let refused = |code| Err(TransferError::Fields(vec![("user_id", code)]));
    if command.to == ctx.actor.user {
        return refused(FieldError::SelfTarget);
    }
    match uow.accounts().find(command.to)? {
        Some(user) if user.school == view.board.school_id && user.enrolment_verified_at.is_some() => {}
        _ => return refused(FieldError::NotAllowed),
    }
    view.check_offer(ctx).map_err(TransferError::Denied)?;
    let expires_at = ctx.now + ctx.policy.boards.transfer;
    uow.transfers().save(command.board, ctx.actor.user, command.to, ctx.now, expires_at)?;
    Ok(tell_of_offer(uow, ctx, command.board, command.to)?)
}
