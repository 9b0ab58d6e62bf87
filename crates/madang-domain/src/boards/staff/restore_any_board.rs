//! Taking the deletion of a board back as staff.

use crate::audit::ModerationAct;
use crate::boards::acts::{RESTORED, act};
use crate::ctx::Ctx;
use crate::ids::BoardId;
use crate::permissions::Denial;
use crate::removals::RestoreItemError;
use crate::store::UnitOfWork;

/// Restores a deleted board of the caller's school, or of any for an admin (BRD-7): its posts are there again, and so are
/// the favourites. Not while another board has its name.
pub(crate) fn restore_any_board(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: BoardId,
    reason: &str,
) -> Result<ModerationAct, RestoreItemError> {
    // Names are given under the school's hold, which is taken before the board's, here as everywhere.
    let Some(unlocked) = uow.boards().find_for_staff(&ctx.actor, id)? else {
        return Err(RestoreItemError::NotFound);
    };
    if !uow.schools().hold(unlocked.school.id)? {
        return Err(RestoreItemError::NotFound);
    }
    let Some(view) = uow.boards().find_for_staff_locked(&ctx.actor, id)? else {
        return Err(RestoreItemError::NotFound);
    };
    let board = &view.board;
    if view.deleted_at.is_none() || uow.boards().exists_named(board.school_id, &board.name, None)? {
        return Err(RestoreItemError::Denied(Denial::NotRestorable));
    }
    uow.boards().unmark_deleted(id)?;
    let act = ModerationAct { reason: Some(reason.to_owned()), ..act(ctx, board.school_id, id, RESTORED) };
    uow.audit().add_act(&act)?;
    Ok(act)
}
