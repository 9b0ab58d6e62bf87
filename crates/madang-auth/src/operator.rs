//! What the operator's shell may do beside a running server.

use crate::open_session::{NewSession, open_session};
use crate::refresh_tokens::RefreshTokens;
use madang_domain::accounts::AccountState;
use madang_domain::audit::{AuditAction, AuditEntry};
use madang_domain::ctx::Moment;
use madang_domain::fold::name_key;
use madang_domain::sessions::Session;
use madang_domain::store::{StoreError, UnitOfWork};

/// Why no session was opened.
#[derive(Debug, thiserror::Error)]
pub enum OperatorSessionError {
    /// Nobody has the username.
    #[error("no such user")]
    NotFound,
    /// The user is banned, so that a token would be refused.
    #[error("the user is banned")]
    Banned,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Opens a session for a user without a password; audited.
pub fn open_operator_session(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    tokens: &RefreshTokens,
    username: &str,
    session: &NewSession,
) -> Result<Session, OperatorSessionError> {
    let found = uow.accounts().find_by_username(&name_key(username))?;
    let held = match found {
        Some(user) => uow.accounts().find_for_change(user.id)?,
        None => None,
    };
    let user = held.ok_or(OperatorSessionError::NotFound)?;
    if user.state_at(moment.now) == AccountState::Banned {
        return Err(OperatorSessionError::Banned);
    }
    let session = open_session(uow, moment, tokens, user.id, session)?;
    let entry = AuditEntry::new(moment, AuditAction::OperatorToken).about(user.id);
    uow.audit().add_event(&entry.detail(format!("session {}", session.id)))?;
    Ok(session)
}
