//! Who a personal token stands for at this very moment (AUTH-5, AUTH-16).

use crate::actor::{Actor, Credential};
use crate::ctx::{Moment, Timestamp};
use crate::personal_tokens::TokenDigest;
use crate::sessions::{judge, restrict};
use crate::store::{StoreError, UnitOfWork};
use chrono::{DurationRound, TimeDelta};

/// Why a personal token is not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticateTokenError {
    /// It is unknown or was ended, or its user is banned or has withdrawn.
    #[error("no such token")]
    InvalidToken,
    /// It has run out.
    #[error("the token has expired")]
    Expired,
    /// The store failed: no access.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who acts, and the minute that is to be noted as the token's last use when it is not yet.
pub fn authenticate_token(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    digest: TokenDigest,
) -> Result<(Actor, Option<Timestamp>), AuthenticateTokenError> {
    let found = uow.personal_tokens().find_standing(digest)?;
    let found = found.filter(|found| !found.standing.ended).ok_or(AuthenticateTokenError::InvalidToken)?;
    if moment.now >= found.standing.abs_at {
        return Err(AuthenticateTokenError::Expired);
    }
    let actor = judge(&found.standing, moment, Credential::PersonalToken, found.user);
    let mut actor = actor.ok_or(AuthenticateTokenError::InvalidToken)?;
    restrict(uow, moment, &found.standing, &mut actor)?;
    let minute = moment.now.duration_trunc(TimeDelta::minutes(1)).unwrap_or(moment.now);
    let unnoted = found.last_used_at.is_none_or(|noted| noted < minute);
    Ok((actor, unnoted.then_some(minute)))
}
