//! Sessions, as their owner and as admins see and end them (AUTH-13, AUTH-19).

use madang_domain::audit::{AuditAction, AuditEntry};
use madang_domain::ctx::Ctx;
use madang_domain::ids::{SessionId, UserId};
use madang_domain::paging::{Page, PageRequest};
use madang_domain::sessions::{RevokeReason, Session};
use madang_domain::store::{StoreError, UnitOfWork};

/// Why no session was ended.
#[derive(Debug, thiserror::Error)]
pub enum EndSessionError {
    /// The caller has no such session that is not ended; or there is no such user.
    #[error("no such session")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One page of the caller's live sessions, newest first.
pub fn list_sessions(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    page: PageRequest,
) -> Result<Page<Session>, StoreError> {
    uow.sessions().list_live(ctx.actor.user, ctx.now, page)
}

/// Ends one of the caller's sessions.
pub fn end_session(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: SessionId) -> Result<(), EndSessionError> {
    let live = uow.sessions().find(id)?.is_some_and(|session| session.is_live(ctx.now));
    if live && uow.sessions().end(id, ctx.actor.user, ctx.now, RevokeReason::EndedByUser)? {
        return Ok(());
    }
    Err(EndSessionError::NotFound)
}

/// Ends all sessions of the caller, this one too, and all personal tokens.
pub fn log_out_all(uow: &mut dyn UnitOfWork, ctx: &Ctx) -> Result<(), StoreError> {
    let user = ctx.actor.user;
    let ended = uow.sessions().end_all(user, None, ctx.now, RevokeReason::LogoutAll)?;
    uow.personal_tokens().end_all(user, ctx.now)?;
    let entry = AuditEntry::new(ctx, AuditAction::SessionsEnded).by(user).about(user);
    uow.audit().add_event(&entry.detail(format!("{ended} sessions")))
}

/// Ends all sessions of a user for an admin, with a reason. The row is open to admins alone, which the caller has judged.
pub fn end_sessions_of(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    user: UserId,
    reason: &str,
) -> Result<(), EndSessionError> {
    if uow.accounts().find_member_with_withdrawn(user)?.is_none() {
        return Err(EndSessionError::NotFound);
    }
    let ended = uow.sessions().end_all(user, None, ctx.now, RevokeReason::EndedByAdmin)?;
    let entry = AuditEntry::new(ctx, AuditAction::SessionsEnded).by(ctx.actor.user).about(user);
    uow.audit().add_event(&entry.reason(reason).detail(format!("{ended} sessions")))?;
    Ok(())
}
