//! Logout.

use crate::access_tokens::AccessClaims;
use crate::open_session::end_presented;
use crate::refresh_tokens::{PresentedRefresh, RefreshTokens};
use madang_domain::ctx::Moment;
use madang_domain::sessions::RevokeReason;
use madang_domain::store::{StoreError, UnitOfWork};

/// What a request proves.
#[derive(Clone, Debug, Default)]
pub struct LogOut {
    /// A genuine access token.
    pub bearer: Option<AccessClaims>,
    /// Refresh tokens of the cookie and the body.
    pub presented: Vec<PresentedRefresh>,
}

/// Ends every session that the request proves; nothing happens when that is none (AUTH-12).
pub fn log_out(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    tokens: &RefreshTokens,
    command: &LogOut,
) -> Result<(), StoreError> {
    if let Some(AccessClaims { user, session }) = command.bearer {
        uow.sessions().end(session, user, moment.now, RevokeReason::Logout)?;
    }
    for presented in &command.presented {
        end_presented(uow, moment, tokens, presented, RevokeReason::Logout)?;
    }
    Ok(())
}
