//! Deciding an appeal.

use super::list_appeals::school;
use super::{Appeal, AppealStatus};
use crate::actor::{CallerStateError, Role};
use crate::ctx::Ctx;
use crate::ids::AppealId;
use crate::notifications::{NewNotice, NoticeActor, NoticeTarget, NotificationKind, TargetKind};
use crate::permissions::Denial;
use crate::removals::undo_removal;
use crate::reports::CaseReach;
use crate::sanctions::{StaffSanction, act, undo};
use crate::store::{StoreError, UnitOfWork};

/// How staff decide an appeal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideAppeal {
    /// Which.
    pub id: AppealId,
    /// Whether the sanction is lifted, or stands.
    pub is_overturned: bool,
    /// Why; told to whom the sanction is for.
    pub note: String,
}

/// Why an appeal is not decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideAppealError {
    /// The caller is no moderator.
    #[error("the caller is no moderator")]
    Caller(CallerStateError),
    /// No such appeal for this caller.
    #[error("no such appeal")]
    NotFound,
    /// The caller may not decide it.
    #[error("the caller may not decide it")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Decides an open appeal (SAN-4). Overturning lifts the sanction and takes back the removal that it came with.
pub fn decide_appeal(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: &DecideAppeal,
) -> Result<Appeal, DecideAppealError> {
    ctx.actor.check_role(Role::Moderator).map_err(DecideAppealError::Caller)?;
    let found = uow.appeals().find(school(ctx), command.id)?.ok_or(DecideAppealError::NotFound)?;
    let sanction = uow.sanctions().find(&ctx.actor, CaseReach::of(&ctx.actor), found.sanction)?;
    let sanction = sanction.ok_or(DecideAppealError::NotFound)?;
    sanction.check_decide(ctx).map_err(DecideAppealError::Denied)?;
    let (status, word) = match command.is_overturned {
        true => (AppealStatus::Overturned, "appeal_overturned"),
        false => (AppealStatus::Upheld, "appeal_upheld"),
    };
    // The item is held before anything that hangs on it, here as everywhere.
    if let (true, Some(item)) = (command.is_overturned && found.decided_at.is_none(), sanction.item) {
        undo_removal(uow, ctx, item, sanction.sanction.starts_at, &command.note)?;
    }
    if !uow.appeals().decide(command.id, status, &command.note, ctx.now)? {
        return Err(DecideAppealError::Denied(Denial::AlreadyDecided));
    }
    if command.is_overturned {
        undo(uow, ctx, &sanction)?;
    }
    uow.audit().add_act(&act(ctx, word, &sanction, Some(&command.note)))?;
    tell(uow, ctx, command.id, &sanction)?;
    let decided = uow.appeals().find(school(ctx), command.id)?;
    Ok(decided.ok_or_else(|| StoreError::internal("a decided appeal is not there"))?)
}

/// Tells whom the sanction is for that there is a decision.
fn tell(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: AppealId,
    sanction: &StaffSanction,
) -> Result<(), StoreError> {
    let Some(to) = sanction.recipient() else { return Ok(()) };
    let notice = NewNotice {
        id: ctx.fresh(),
        kind: NotificationKind::AppealResult,
        to,
        but_not: None,
        by: None,
        actor: NoticeActor::Nobody,
        target: Some(NoticeTarget::other(TargetKind::Appeal, id)),
        at: ctx.now,
    };
    uow.notifications().add(&notice).map(drop)
}
