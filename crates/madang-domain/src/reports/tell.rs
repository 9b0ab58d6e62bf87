//! The notices of reports and cases (RPT-3 to RPT-5).

use crate::ctx::Ctx;
use crate::ids::{CaseId, ReportId, SchoolId, UserId};
use crate::notifications::{NewNotice, NoticeActor, NoticeTarget, NotificationKind, Recipient, TargetKind};
use crate::removals::{ItemRef, StaffItem};
use crate::store::{StoreError, UnitOfWork};

/// Tells the author that reports have hidden an item. Nobody acted, so nobody is left out and nobody named.
pub(super) fn tell_of_hiding(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    item: &StaffItem,
) -> Result<(), StoreError> {
    let target = match item.item {
        ItemRef::Post(post) => NoticeTarget::post(post),
        ItemRef::Comment(comment) => NoticeTarget::comment(comment, item.post_id),
    };
    let notice = notice(ctx, NotificationKind::ItemHidden, item.item.author(), target);
    uow.notifications().add(&notice).map(drop)
}

/// Tells the moderators of a school of a case that cannot wait.
pub(super) fn tell_moderators(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    school: SchoolId,
    case: CaseId,
) -> Result<(), StoreError> {
    let target = NoticeTarget::other(TargetKind::Case, case);
    let notice = notice(ctx, NotificationKind::ModerationCase, Recipient::ModeratorsOf(school), target);
    uow.notifications().add(&notice).map(drop)
}

/// Tells each reporter of the decision; which it was is read from the report, as long as there is one.
pub(super) fn tell_reporters(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    reports: Vec<(ReportId, UserId)>,
) -> Result<(), StoreError> {
    reports.into_iter().try_for_each(|(report, reporter)| {
        let target = NoticeTarget::other(TargetKind::Report, report);
        let notice = notice(ctx, NotificationKind::ReportResult, Recipient::User(reporter), target);
        uow.notifications().add(&notice).map(drop)
    })
}

fn notice(ctx: &Ctx, kind: NotificationKind, to: Recipient, target: NoticeTarget) -> NewNotice {
    NewNotice {
        id: ctx.fresh(),
        kind,
        to,
        but_not: None,
        by: None,
        actor: NoticeActor::Nobody,
        target: Some(target),
        at: ctx.now,
    }
}
