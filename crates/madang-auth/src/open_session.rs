//! What opening a session takes, whoever asks for it.

use crate::refresh_tokens::{PresentedRefresh, RefreshTokens};
use madang_domain::accounts::Me;
use madang_domain::ctx::Moment;
use madang_domain::ids::UserId;
use madang_domain::sessions::{Delivery, RevokeReason, Session};
use madang_domain::store::{StoreError, UnitOfWork};

/// Most characters of a device's label.
const LABEL_MAX: usize = 80;

/// What the client says about the session that it wants.
#[derive(Clone, Debug, Default)]
pub struct NewSession {
    /// How the refresh token shall travel.
    pub delivery: Delivery,
    /// What the client calls itself; see [`device_label`].
    pub device_label: Option<String>,
    /// The refresh cookie that the browser sent: its session ends (AUTH-12).
    pub browser: Option<PresentedRefresh>,
}

/// Somebody who has just logged in. The tokens are made outside the unit, from the session.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The account.
    pub me: Me,
    /// The session.
    pub session: Session,
    /// The value of a device cookie to be set, unless the device is known already.
    pub device_cookie: Option<String>,
}

/// A label for a device from the header by which its client names itself; `None` when that says nothing.
pub fn device_label(user_agent: &str) -> Option<String> {
    let label: String = user_agent.trim().chars().filter(|c| !c.is_control()).take(LABEL_MAX).collect();
    (!label.is_empty()).then_some(label)
}

/// Opens a session for a user whose row the unit holds, ends the one that the browser's cookie names and the oldest ones
/// beyond the limit (AUTH-10).
pub(crate) fn open_session(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    tokens: &RefreshTokens,
    user: UserId,
    new: &NewSession,
) -> Result<Session, StoreError> {
    if let Some(presented) = &new.browser {
        end_presented(uow, moment, tokens, presented, RevokeReason::Replaced)?;
    }
    let (now, policy) = (moment.now, &moment.policy.auth);
    let session = Session {
        id: moment.fresh(),
        user,
        delivery: new.delivery,
        nonce: moment.random(),
        key_id: active_key_id(tokens)?,
        counter: 0,
        created_at: now,
        rotated_at: None,
        idle_at: now + policy.refresh_idle,
        abs_at: now + policy.refresh_absolute,
        auth_time: now,
        ended: None,
        device_label: new.device_label.clone(),
    };
    uow.sessions().add(&session)?;
    uow.sessions().end_oldest(user, policy.max_sessions, now)?;
    Ok(session)
}

/// Ends the session that a genuine refresh token names; nothing happens for any other.
pub(crate) fn end_presented(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    tokens: &RefreshTokens,
    presented: &PresentedRefresh,
    reason: RevokeReason,
) -> Result<(), StoreError> {
    if let Some(session) = find_presented(uow, tokens, presented)? {
        uow.sessions().end(session.id, session.user, moment.now, reason)?;
    }
    Ok(())
}

/// The session, live or not, that a genuine refresh token names.
pub(crate) fn find_presented(
    uow: &mut dyn UnitOfWork,
    tokens: &RefreshTokens,
    presented: &PresentedRefresh,
) -> Result<Option<Session>, StoreError> {
    let session = uow.sessions().find(presented.session)?;
    Ok(session.filter(|session| tokens.verify(presented, &session.nonce)))
}

/// The id of the secret that makes new refresh tokens.
pub(crate) fn active_key_id(tokens: &RefreshTokens) -> Result<u8, StoreError> {
    tokens.active_key_id().map_err(|error| StoreError::Internal(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short_and_plain() {
        assert_eq!(device_label("  Browser/1.0 (한글)\u{7} "), Some("Browser/1.0 (한글)".to_owned()));
        assert_eq!(device_label(" \t"), None);
        assert_eq!(device_label(&"가".repeat(200)).map(|label| label.chars().count()), Some(LABEL_MAX));
    }
}
