//! Warning a member.

use super::{NewSanction, SanctionKind, Subject};
use crate::ctx::Ctx;
use crate::ids::UserId;
use crate::notifications::{NewNotice, NoticeActor, NoticeTarget, NotificationKind, Recipient, TargetKind};
use crate::posts::{Author, ReportReason};
use crate::removals::StaffItem;
use crate::reports::CaseView;
use crate::store::{StoreError, UnitOfWork};

/// Gives the author of `item` a warning in its board, with rule, reason and the text as evidence (SAN-1). Somebody who has
/// withdrawn is told nothing.
pub(crate) fn warn(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    item: &StaffItem,
    rule: ReportReason,
    reason: &str,
) -> Result<(), StoreError> {
    let subject = match (&item.author, item.number) {
        (Author::Named(member), _) => Subject::Named(member.id),
        (Author::Anonymous { .. }, Some(number)) => Subject::Anonymous { post: item.post_id, number },
        (Author::Anonymous { .. }, None) | (Author::Opener | Author::Withdrawn, _) => return Ok(()),
    };
    let warning = NewSanction {
        id: ctx.fresh(),
        kind: SanctionKind::Warning,
        school: item.school,
        board: Some(item.board.id),
        subject,
        item: Some(item.item),
        issuer: ctx.actor.user,
        rule,
        reason: reason.to_owned(),
        evidence: item.text(),
        starts_at: ctx.now,
    };
    give(uow, ctx, &warning, item.item.author())
}

/// Gives the member of whom a case speaks a warning for the whole site.
pub(crate) fn warn_member(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    case: &CaseView,
    rule: ReportReason,
    reason: &str,
) -> Result<(), StoreError> {
    let member = UserId(case.target);
    let warning = NewSanction {
        id: ctx.fresh(),
        kind: SanctionKind::Warning,
        school: case.school,
        board: None,
        subject: Subject::Named(member),
        item: None,
        issuer: ctx.actor.user,
        rule,
        reason: reason.to_owned(),
        evidence: case.snapshot.clone(),
        starts_at: ctx.now,
    };
    give(uow, ctx, &warning, Recipient::User(member))
}

/// Stores the warning and tells whom it is for, who cannot choose not to be told (NOT-1).
fn give(uow: &mut dyn UnitOfWork, ctx: &Ctx, warning: &NewSanction, to: Recipient) -> Result<(), StoreError> {
    uow.sanctions().add(warning)?;
    let notice = NewNotice {
        id: ctx.fresh(),
        kind: NotificationKind::Sanction,
        to,
        but_not: None,
        by: None,
        actor: NoticeActor::Nobody,
        target: Some(NoticeTarget::other(TargetKind::Sanction, warning.id)),
        at: ctx.now,
    };
    uow.notifications().add(&notice).map(drop)
}
