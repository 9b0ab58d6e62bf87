//! Warning a member.

use super::impose::impose;
use super::{NewSanction, SanctionKind, Subject};
use crate::ctx::Ctx;
use crate::ids::UserId;
use crate::notifications::Recipient;
use crate::posts::ReportReason;
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
    let Some(subject) = Subject::author_of(item) else { return Ok(()) };
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
        ends_at: None,
    };
    impose(uow, ctx, &warning, item.item.author())
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
        ends_at: None,
    };
    impose(uow, ctx, &warning, Recipient::User(member))
}
