//! Deciding a case.

use super::close_case::{Verdict, close_case};
use super::{CaseReach, CaseView, FindCaseError, Outcome};
use crate::audit::ModerationAct;
use crate::ctx::Ctx;
use crate::ids::{CaseId, UserId};
use crate::permissions::Denial;
use crate::posts::ReportReason;
use crate::removals::{ItemAct, StaffItem, act, refuse_stranger, take_down};
use crate::sanctions::{warn, warn_member};
use crate::store::{StoreError, UnitOfWork};

/// How staff decide a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecideCase {
    /// Which.
    pub id: CaseId,
    /// What becomes of the item.
    pub outcome: Outcome,
    /// Under which rule.
    pub rule: ReportReason,
    /// Why; told to the author of an item that goes or earns a warning.
    pub note: String,
    /// Whether reports shall not hide the item any more; with a dismissal only.
    pub immune: bool,
}

/// Why a case is not decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideCaseError {
    /// The caller does not see the case.
    #[error(transparent)]
    Find(#[from] FindCaseError),
    /// The caller may not decide it.
    #[error("the caller may not decide it")]
    Denied(Denial),
    /// A member cannot be removed by a case.
    #[error("the outcome does not fit the target")]
    OutcomeNotAllowed,
    /// `immune` goes with a dismissal only.
    #[error("immune goes with a dismissal only")]
    ImmuneNotAllowed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Decides an open case (RPT-4): the item is shown again, removed, or shown again with a warning to its author, and all open
/// reports are upheld or dismissed.
pub fn decide_case(uow: &mut dyn UnitOfWork, ctx: &Ctx, command: &DecideCase) -> Result<(), DecideCaseError> {
    let reach = CaseReach::of(&ctx.actor);
    let Some(case) = uow.reports().find_case(&ctx.actor, reach, command.id)? else {
        return Err(FindCaseError::from(refuse_stranger(uow, &ctx.actor)?).into());
    };
    case.check_decide(&ctx.actor).map_err(DecideCaseError::Denied)?;
    if command.immune && command.outcome != Outcome::Dismiss {
        return Err(DecideCaseError::ImmuneNotAllowed);
    }
    // The item is held before the case, here as where it is reported.
    let item = match case.kind.item(case.target) {
        Some(item) => Some(uow.removals().find_locked(&ctx.actor, item)?.ok_or(FindCaseError::NotFound)?),
        None => None,
    };
    if uow.reports().find_open_case(case.kind, case.target)? != Some(case.id) {
        return Err(DecideCaseError::Denied(Denial::AlreadyDecided));
    }
    match &item {
        Some(item) => act_on_item(uow, ctx, item, command)?,
        None => act_on_member(uow, ctx, &case, command)?,
    }
    let verdict = Verdict { outcome: command.outcome, note: command.note.clone(), is_immune: command.immune };
    Ok(close_case(uow, ctx, case.id, &verdict)?)
}

fn act_on_item(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    item: &StaffItem,
    command: &DecideCase,
) -> Result<(), StoreError> {
    let (rule, note) = (command.rule, command.note.as_str());
    let done = match command.outcome {
        Outcome::Remove => {
            return match item.removed_at {
                None => take_down(uow, ctx, item, rule, note).map(drop),
                Some(_) => Ok(()),
            };
        }
        Outcome::Dismiss => ItemAct::Dismissed,
        Outcome::Warn => ItemAct::Warned,
    };
    if item.hidden_reason.is_some() {
        uow.removals().save_hidden(item.item, None)?;
    }
    if done == ItemAct::Warned {
        warn(uow, ctx, item, rule, note)?;
    }
    uow.audit().add_act(&act(ctx, item, done, Some(rule), note))
}

fn act_on_member(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    case: &CaseView,
    command: &DecideCase,
) -> Result<(), DecideCaseError> {
    let word = match command.outcome {
        Outcome::Remove => return Err(DecideCaseError::OutcomeNotAllowed),
        Outcome::Dismiss => "user_dismissed",
        Outcome::Warn => {
            warn_member(uow, ctx, case, command.rule, &command.note)?;
            "user_warned"
        }
    };
    Ok(uow.audit().add_act(&ModerationAct {
        id: ctx.fresh(),
        at: ctx.now,
        school: case.school,
        board: None,
        actor: ctx.actor.user,
        act: word,
        target_type: case.kind.as_str(),
        target: UserId(case.target).into(),
        rule: Some(command.rule.as_str().to_owned()),
        reason: Some(command.note.clone()),
    })?)
}
