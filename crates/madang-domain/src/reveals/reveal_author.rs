//! Revealing an author.

use super::RevealedAuthor;
use crate::actor::{CallerStateError, Role};
use crate::audit::{AuditAction, AuditEntry, ModerationAct};
use crate::ctx::Ctx;
use crate::ids::LogId;
use crate::removals::TargetKind;
use crate::store::{StoreError, UnitOfWork};
use uuid::Uuid;

/// Of what, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealAuthor {
    /// The kind of the item.
    pub kind: TargetKind,
    /// The item.
    pub target: Uuid,
    /// Why; kept in both logs.
    pub reason: String,
}

/// What an admin is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    /// Who wrote it.
    pub author: RevealedAuthor,
    /// The row of the moderation log.
    pub log: LogId,
}

/// Why nobody is revealed.
#[derive(Debug, thiserror::Error)]
pub enum RevealAuthorError {
    /// Not an admin.
    #[error("the caller is no admin")]
    Caller(CallerStateError),
    /// No such item.
    #[error("no such item")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Tells who wrote an item, and leaves a row in the audit log and one in the moderation log (ANON-4, LOG-3).
pub fn reveal_author(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: &RevealAuthor,
) -> Result<Reveal, RevealAuthorError> {
    ctx.actor.check_role(Role::Admin).map_err(RevealAuthorError::Caller)?;
    let Some(item) = command.kind.item(command.target) else { return Err(RevealAuthorError::NotFound) };
    let found = uow.removals().find(&ctx.actor, item)?.filter(|item| !item.is_erased());
    let Some(found) = found else { return Err(RevealAuthorError::NotFound) };
    let Some(author) = uow.reveals().find_author(item)? else { return Err(RevealAuthorError::NotFound) };
    let act = ModerationAct {
        id: ctx.fresh(),
        at: ctx.now,
        school: found.school,
        board: Some(found.board.id),
        actor: ctx.actor.user,
        act: ModerationAct::REVEALED,
        target_type: command.kind.as_str(),
        target: command.target,
        rule: None,
        reason: Some(command.reason.clone()),
    };
    uow.audit().add_act(&act)?;
    let event = AuditEntry::new(ctx, AuditAction::IdentityRevealed)
        .by(ctx.actor.user)
        .about(author.id)
        .reason(command.reason.clone())
        .detail(format!("{} {}", command.kind.as_str(), command.target));
    uow.audit().add_event(&event)?;
    Ok(Reveal { author, log: act.id })
}
