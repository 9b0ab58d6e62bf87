//! Giving a sanction by hand.

use super::impose::impose;
use super::{NewSanction, SanctionKind, SanctionScope, Subject};
use crate::actor::{Actor, Role};
use crate::audit::{AuditAction, AuditEntry, ModerationAct};
use crate::boards::BoardRef;
use crate::ctx::{Ctx, Timestamp};
use crate::ids::{BoardId, SanctionId, SchoolId, UserId};
use crate::notifications::Recipient;
use crate::permissions::{Denial, Permission};
use crate::posts::ReportReason;
use crate::removals::{
    ItemRef, StaffAccessError, StaffItem, TargetKind, check_interest, find_kept_for_staff,
};
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;
use uuid::Uuid;

/// What staff impose, on whom and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiveSanction {
    /// A member, or the kind of an item whose author is meant.
    pub target_kind: TargetKind,
    /// The member or the item.
    pub target: Uuid,
    /// What it does.
    pub kind: SanctionKind,
    /// Where it holds.
    pub scope: SanctionScope,
    /// The board, with that scope only.
    pub board: Option<BoardId>,
    /// Under which rule.
    pub rule: ReportReason,
    /// Why; told to whom it is for.
    pub reason: String,
    /// Until when: a restriction has an end, a ban may have one, a warning has none.
    pub ends_at: Option<Timestamp>,
}

/// Why no sanction is given.
#[derive(Debug, thiserror::Error)]
pub enum GiveSanctionError {
    /// No such member or item for this caller.
    #[error("no such member or item")]
    NotFound,
    /// Not this caller's to give.
    #[error("the caller may not give it")]
    Denied(Denial),
    /// A field does not fit the others, or is not for this caller.
    #[error("the field {0} is refused")]
    Field(&'static str, FieldError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StaffAccessError> for GiveSanctionError {
    fn from(error: StaffAccessError) -> Self {
        match error {
            StaffAccessError::NotFound => Self::NotFound,
            StaffAccessError::Forbidden => Self::Denied(Denial::Forbidden),
            StaffAccessError::Store(error) => Self::Store(error),
        }
    }
}

/// Whom a sanction is for.
struct Meant {
    subject: Subject,
    school: SchoolId,
    item: Option<ItemRef>,
    evidence: String,
    recipient: Recipient,
}

/// Gives a sanction (SAN-2): managers warn and restrict in their own boards, for a limited time; moderators and admins do
/// all, everywhere in their reach.
pub fn give_sanction(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: &GiveSanction,
) -> Result<SanctionId, GiveSanctionError> {
    let managed = match ctx.actor.role >= Role::Moderator {
        true => None,
        false => Some(uow.boards().list_managed(ctx.actor.user)?),
    };
    if managed.as_ref().is_some_and(Vec::is_empty) {
        return Err(GiveSanctionError::Denied(Denial::Forbidden));
    }
    judge_fields(ctx, command, managed.is_some())?;
    let meant = match command.target_kind.item(command.target) {
        Some(item) => find_author(uow, ctx, command, item)?,
        None if command.target_kind == TargetKind::User => find_member(uow, ctx, command.target.into())?,
        None => return Err(GiveSanctionError::NotFound),
    };
    if let Some(board) = command.board {
        judge_board(uow, meant.school, board, managed.as_deref())?;
    }
    let sanction = NewSanction {
        id: ctx.fresh(),
        kind: command.kind,
        school: meant.school,
        board: command.board,
        subject: meant.subject,
        item: meant.item,
        issuer: ctx.actor.user,
        rule: command.rule,
        reason: command.reason.clone(),
        evidence: meant.evidence,
        starts_at: ctx.now,
        ends_at: command.ends_at,
    };
    impose(uow, ctx, &sanction, meant.recipient)?;
    log(uow, ctx, command, &sanction)?;
    Ok(sanction.id)
}

/// What can be judged without looking at anybody.
fn judge_fields(ctx: &Ctx, command: &GiveSanction, is_manager: bool) -> Result<(), GiveSanctionError> {
    let refuse = |field, code| Err(GiveSanctionError::Field(field, code));
    let longest = ctx.now + ctx.policy.sanctions.manager_max;
    match (command.kind, command.scope) {
        (SanctionKind::Ban, _) if is_manager => return refuse("kind", FieldError::NotAllowed),
        (_, SanctionScope::Site) if is_manager => return refuse("scope", FieldError::NotAllowed),
        (SanctionKind::Ban, SanctionScope::Board) => return refuse("scope", FieldError::NotAllowed),
        _ => {}
    }
    match (command.scope, command.board) {
        (SanctionScope::Board, None) => return refuse("board_id", FieldError::Required),
        (SanctionScope::Site, Some(_)) => return refuse("board_id", FieldError::NotAllowed),
        _ => {}
    }
    match (command.kind, command.ends_at) {
        (SanctionKind::Warning, Some(_)) => refuse("ends_at", FieldError::NotAllowed),
        (SanctionKind::Restriction, None) => refuse("ends_at", FieldError::Required),
        (_, Some(end)) if end <= ctx.now => refuse("ends_at", FieldError::MinValue),
        (_, Some(end)) if is_manager && end > longest => refuse("ends_at", FieldError::MaxValue),
        _ => Ok(()),
    }
}

/// Whoever wrote an item. Through an anonymous one warnings and restrictions reach anybody, staff too, or the answer would
/// tell who it is; a ban there takes an admin, because it shows elsewhere.
fn find_author(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: &GiveSanction,
    item: ItemRef,
) -> Result<Meant, GiveSanctionError> {
    let found = find_kept_for_staff(uow, ctx, item)?;
    match check_sanction(&ctx.actor, &found) {
        Err(Denial::NotFound) => return Err(GiveSanctionError::NotFound),
        Err(denial) => return Err(GiveSanctionError::Denied(denial)),
        Ok(()) => {}
    }
    let subject = Subject::author_of(&found).ok_or(GiveSanctionError::NotFound)?;
    let is_anonymous = matches!(subject, Subject::Anonymous { .. });
    if is_anonymous && command.kind == SanctionKind::Ban && !ctx.actor.is_admin() {
        return Err(GiveSanctionError::Field("kind", FieldError::NotAllowed));
    }
    let (school, evidence) = (found.school, found.text());
    Ok(Meant { subject, school, item: Some(item), evidence, recipient: item.author() })
}

/// A member in the caller's reach: of the own school, or of any for an admin. Managers know proven members alone.
fn find_member(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: UserId) -> Result<Meant, GiveSanctionError> {
    let actor = &ctx.actor;
    let found = uow.accounts().find(id)?.filter(|user| {
        let is_known = actor.role >= Role::Moderator || user.enrolment_verified_at.is_some();
        is_known && (actor.is_admin() || user.school == actor.school)
    });
    let Some(user) = found else { return Err(GiveSanctionError::NotFound) };
    // Nobody sanctions themselves, and nobody but admins other staff.
    let is_staff = user.role() >= Role::Moderator;
    check_interest(actor, id == actor.user, is_staff).map_err(GiveSanctionError::Denied)?;
    let evidence = user.nickname.as_str().to_owned();
    let (subject, recipient) = (Subject::Named(id), Recipient::User(id));
    Ok(Meant { subject, school: user.school, item: None, evidence, recipient })
}

/// Whether `actor`, who is staff of the item's board, may give its author any sanction at all.
pub(crate) fn check_sanction(actor: &Actor, item: &StaffItem) -> Permission {
    item.check_interest(actor)?;
    if Subject::author_of(item).is_none() { Err(Denial::NotFound) } else { Ok(()) }
}

/// A live board of the school; for a manager one of those that are managed.
fn judge_board(
    uow: &mut dyn UnitOfWork,
    school: SchoolId,
    id: BoardId,
    managed: Option<&[BoardRef]>,
) -> Result<(), GiveSanctionError> {
    let is_here = uow.boards().find(id)?.is_some_and(|board| board.school_id == school);
    if !is_here {
        return Err(GiveSanctionError::Field("board_id", FieldError::NotFound));
    }
    match managed.is_none_or(|managed| managed.iter().any(|board| board.id == id)) {
        true => Ok(()),
        false => Err(GiveSanctionError::Field("board_id", FieldError::NotAllowed)),
    }
}

/// One row in the moderation log (LOG-1), and for a ban one among the security events (LOG-3), which names nobody whom the
/// sanction does not name.
fn log(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: &GiveSanction,
    sanction: &NewSanction,
) -> Result<(), StoreError> {
    let act = match sanction.kind {
        SanctionKind::Warning => "warning_given",
        SanctionKind::Restriction => "restriction_given",
        SanctionKind::Ban => "ban_given",
    };
    uow.audit().add_act(&ModerationAct {
        id: ctx.fresh(),
        at: ctx.now,
        school: sanction.school,
        board: sanction.board,
        actor: ctx.actor.user,
        act,
        target_type: command.target_kind.as_str(),
        target: command.target,
        rule: Some(sanction.rule.as_str().to_owned()),
        reason: Some(sanction.reason.clone()),
    })?;
    if sanction.kind != SanctionKind::Ban {
        return Ok(());
    }
    let event =
        AuditEntry::new(ctx, AuditAction::UserBanned).by(ctx.actor.user).reason(sanction.reason.clone());
    let event = event.detail(format!("sanction {}", sanction.id));
    uow.audit().add_event(&match sanction.subject {
        Subject::Named(user) => event.about(user),
        Subject::Anonymous { .. } => event,
    })
}
