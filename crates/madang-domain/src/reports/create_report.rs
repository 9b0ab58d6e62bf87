//! Reporting something to staff.

use super::flag::new_case;
use super::tell::{tell_moderators, tell_of_hiding};
use super::weight::{lift, weight};
use super::{NewCase, NewReport, Report, ReportStatus};
use crate::accounts::find_profile;
use crate::ctx::Ctx;
use crate::ids::UserId;
use crate::permissions::Denial;
use crate::posts::ReportReason;
use crate::removals::{ItemRef, StaffItem, TargetKind};
use crate::store::{StoreError, UnitOfWork};
use uuid::Uuid;

/// What somebody reports, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateReport {
    /// The kind of the target.
    pub kind: TargetKind,
    /// The target.
    pub target: Uuid,
    /// Why.
    pub reason: ReportReason,
    /// More, in the reporter's words.
    pub detail: Option<String>,
}

/// Why a report is not taken.
#[derive(Debug, thiserror::Error)]
pub enum CreateReportError {
    /// No such target for this caller.
    #[error("no such target")]
    NotFound,
    /// The caller may not report it.
    #[error("the caller may not report it")]
    Denied(Denial),
    /// The caller has reported it before.
    #[error("reported before")]
    AlreadyReported,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes a report (RPT-1). The first one opens a case with the text of its time; when the reports of a case weigh enough, the
/// item is hidden until somebody decides (RPT-2).
pub fn create_report(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: CreateReport,
) -> Result<Report, CreateReportError> {
    let item = match command.kind.item(command.target) {
        Some(item) => Some(find_item(uow, ctx, item)?),
        None => None,
    };
    let case = match &item {
        Some(item) => new_case(ctx, item),
        None if command.kind == TargetKind::User => member_case(uow, ctx, command.target.into())?,
        None => return Err(CreateReportError::NotFound),
    };
    if uow.reports().exists(ctx.actor.user, command.target)? {
        return Err(CreateReportError::AlreadyReported);
    }
    let school = case.school;
    uow.reports().add_case(&case)?;
    let Some(case) = uow.reports().find_open_case(command.kind, command.target)? else {
        return Err(StoreError::internal("the case of a report is not there").into());
    };
    let (upheld, dismissed) = uow.reports().count_decided(ctx.actor.user)?;
    let report = NewReport {
        id: ctx.fresh(),
        case,
        reporter: ctx.actor.user,
        kind: command.kind,
        target: command.target,
        reason: command.reason,
        detail: command.detail,
        weight: weight(&ctx.policy.moderation, upheld, dismissed),
        created_at: ctx.now,
    };
    let Some(together) = uow.reports().add(&report, lift(report.reason, report.weight))? else {
        return Err(CreateReportError::AlreadyReported);
    };
    if report.reason == ReportReason::SelfHarm {
        tell_moderators(uow, ctx, school, report.case)?;
    }
    if let Some(item) = item {
        hide(uow, ctx, &item, &report, together)?;
    }
    Ok(Report {
        id: report.id,
        kind: report.kind,
        target: report.target,
        reason: report.reason,
        detail: report.detail,
        status: ReportStatus::Open,
        created_at: report.created_at,
        decided_at: None,
    })
}

/// The item, held, if the caller may report it: the same judgement that `can.report` foretells.
fn find_item(uow: &mut dyn UnitOfWork, ctx: &Ctx, item: ItemRef) -> Result<StaffItem, CreateReportError> {
    let permission = match item {
        ItemRef::Post(id) => uow.posts().find_locked(&ctx.actor, id)?.map(|post| post.check_report(ctx)),
        ItemRef::Comment(id) => uow
            .comments()
            .find_locked(&ctx.actor, id)?
            .map(|found| found.comment.check_report(&found.thread, ctx)),
    };
    match permission {
        None | Some(Err(Denial::NotFound)) => return Err(CreateReportError::NotFound),
        Some(Err(denial)) => return Err(CreateReportError::Denied(denial)),
        Some(Ok(())) => {}
    }
    uow.removals().find(&ctx.actor, item)?.ok_or(CreateReportError::NotFound)
}

/// A case of a member, whose name is all that there is to keep.
fn member_case(uow: &mut dyn UnitOfWork, ctx: &Ctx, user: UserId) -> Result<NewCase, CreateReportError> {
    let Some(profile) = find_profile(uow, ctx, user)? else { return Err(CreateReportError::NotFound) };
    profile.report.map_err(CreateReportError::Denied)?;
    let school = uow.accounts().find(user)?.map_or(ctx.actor.school, |member| member.school);
    Ok(NewCase {
        id: ctx.fresh(),
        school,
        board: None,
        kind: TargetKind::User,
        target: user.into(),
        snapshot: profile.user.nickname,
        priority: 0,
        opened_at: ctx.now,
    })
}

/// Hides the item for the reason that weighs most, once its open reports weigh enough (RPT-2).
fn hide(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    item: &StaffItem,
    report: &NewReport,
    together: i64,
) -> Result<(), StoreError> {
    if together < ctx.policy.moderation.hide_weight || item.hidden_reason.is_some() || item.is_immune {
        return Ok(());
    }
    let reason = uow.reports().main_reason(report.case)?.unwrap_or(report.reason);
    uow.removals().save_hidden(item.item, Some(reason))?;
    tell_of_hiding(uow, ctx, item)
}
