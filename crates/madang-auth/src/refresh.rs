//! Refresh: one access token and one refresh token more, and the end of a session whose old token comes back.

use crate::open_session::{active_key_id, find_presented};
use crate::prove_address::notify;
use crate::refresh_tokens::{PresentedRefresh, RefreshTokens};
use madang_domain::audit::{AuditAction, AuditEntry};
use madang_domain::ctx::Moment;
use madang_domain::outbox::Letter;
use madang_domain::sessions::{AuthenticateError, Delivery, RevokeReason, Session, authenticate};
use madang_domain::store::{StoreError, UnitOfWork};

/// How a refresh ended. A refusal is an outcome and no error, because the session that a replay ends must stay ended.
#[derive(Clone, Debug)]
pub enum RefreshOutcome {
    /// The session as it is now: what both new tokens are made of.
    Refreshed(Session),
    /// Refused, for whatever cause.
    Invalid,
}

/// Rotates the session of a genuine token that travelled as the session's tokens do (AUTH-8). The direct parent of the
/// current token gets the current one again while the grace lasts; an older one, or a later parent, ends the session.
pub fn refresh(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    tokens: &RefreshTokens,
    presented: &PresentedRefresh,
    delivery: Delivery,
) -> Result<RefreshOutcome, StoreError> {
    let found = find_presented(uow, tokens, presented)?.filter(|session| session.delivery == delivery);
    let Some(session) = found else { return Ok(RefreshOutcome::Invalid) };
    match authenticate(uow, moment, session.id, session.user) {
        Ok(_) => {}
        Err(AuthenticateError::InvalidToken | AuthenticateError::SessionRevoked) => {
            return Ok(RefreshOutcome::Invalid);
        }
        Err(AuthenticateError::Store(error)) => return Err(error),
    }
    if presented.counter == session.counter {
        let (now, key_id) = (moment.now, active_key_id(tokens)?);
        let idle_at = now + moment.policy.auth.refresh_idle;
        if let Some(rotated) = uow.sessions().rotate(session.id, session.counter, key_id, now, idle_at)? {
            return Ok(RefreshOutcome::Refreshed(rotated));
        }
    }
    // A parallel refresh may have rotated since the session was read.
    let Some(session) = uow.sessions().find(session.id)? else { return Ok(RefreshOutcome::Invalid) };
    if is_parent_in_grace(&session, presented, moment) {
        return Ok(RefreshOutcome::Refreshed(session));
    }
    if presented.counter < session.counter {
        end_replayed(uow, moment, &session)?;
    }
    // A counter ahead of the row tells of a commit that was lost with the power: refused, but nobody's fault.
    Ok(RefreshOutcome::Invalid)
}

fn is_parent_in_grace(session: &Session, presented: &PresentedRefresh, moment: &Moment) -> bool {
    let parent = presented.counter.checked_add(1) == Some(session.counter);
    let grace = moment.policy.auth.refresh_grace;
    parent && session.is_live(moment.now) && session.rotated_at.is_some_and(|at| moment.now < at + grace)
}

/// Ends the whole family, tells the owner, and leaves one row in the log.
fn end_replayed(uow: &mut dyn UnitOfWork, moment: &Moment, session: &Session) -> Result<(), StoreError> {
    if !uow.sessions().end(session.id, session.user, moment.now, RevokeReason::Replay)? {
        return Ok(());
    }
    let entry = AuditEntry::new(moment, AuditAction::RefreshReplayed).about(session.user);
    uow.audit().add_event(&entry.detail(format!("session {}", session.id)))?;
    if let Some(user) = uow.accounts().find(session.user)? {
        let username = user.username.as_str().to_owned();
        notify(uow, moment, &user, Letter::SessionReplayed { username })?;
    }
    Ok(())
}
