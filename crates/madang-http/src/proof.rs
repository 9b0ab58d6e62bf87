//! What a caller's bearer token proves, before the database is asked whether it still does.

use crate::api::Api;
use crate::problem::{Code, Problem};
use madang_auth::access_tokens::AccessClaims;
use madang_auth::personal_tokens::{self, PREFIX};
use madang_domain::actor::Actor;
use madang_domain::ctx::{Moment, Timestamp};
use madang_domain::ids::UserId;
use madang_domain::personal_tokens::{TokenDigest, authenticate_token};
use madang_domain::sessions::{Bearer, authenticate};
use madang_domain::store::{StoreError, UnitOfWork};
use std::sync::{Arc, Mutex, PoisonError};

/// A genuine token.
#[derive(Clone, Debug)]
pub(crate) enum Proof {
    /// An access token of a session.
    Session(AccessClaims),
    /// A personal token.
    Personal(PersonalProof),
}

/// A personal token that somebody has, or had.
#[derive(Clone, Debug)]
pub(crate) struct PersonalProof {
    user: UserId,
    digest: TokenDigest,
    /// The minute to be noted as its last use, once a unit has found it alive.
    minute: Arc<Mutex<Option<Timestamp>>>,
}

impl Proof {
    /// Reads a bearer token.
    ///
    /// # Errors
    /// `invalid_token`, `token_expired`.
    pub(crate) async fn of(api: &Api, token: &str, moment: &Moment) -> Result<Self, Problem> {
        if !token.starts_with(PREFIX) {
            return Ok(Self::Session(api.identity.tokens.verify(token, moment.now)?));
        }
        let digest = personal_tokens::parse(token).ok_or(Problem::from(Code::InvalidToken))?.digest();
        let user = match api.identity.owners.find(digest) {
            Some(owner) => owner,
            None => find_owner(api, digest).await?,
        };
        Ok(Self::Personal(PersonalProof { user, digest, minute: Arc::default() }))
    }

    /// Whose it is: for the allowance of requests, which is the user's whatever credential they come by.
    pub(crate) fn user(&self) -> UserId {
        match self {
            Self::Session(claims) => claims.user,
            Self::Personal(personal) => personal.user,
        }
    }

    /// Whom an access token names; of a personal token only the database knows more.
    pub(crate) fn bearer(&self) -> Option<Bearer> {
        match self {
            Self::Session(claims) => Some(Bearer { session: claims.session, user: claims.user }),
            Self::Personal(_) => None,
        }
    }

    /// Who acts, as the database tells it within `uow`. The first statement of each unit.
    pub(crate) fn authenticate(&self, uow: &mut dyn UnitOfWork, moment: &Moment) -> Result<Actor, Problem> {
        match self {
            Self::Session(claims) => Ok(authenticate(uow, moment, claims.session, claims.user)?),
            Self::Personal(personal) => {
                let (actor, minute) = authenticate_token(uow, moment, personal.digest)?;
                *personal.minute.lock().unwrap_or_else(PoisonError::into_inner) = minute;
                Ok(actor)
            }
        }
    }

    /// Notes the use of a personal token, at most once a minute. The request has been answered by then, so that a failure
    /// is for the log alone.
    pub(crate) async fn note_use(&self, api: &Api) {
        let Self::Personal(personal) = self else { return };
        let minute = personal.minute.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (Some(minute), digest) = (minute, personal.digest) else { return };
        let noted: Result<(), StoreError> =
            api.store.write(move |uow| uow.personal_tokens().mark_used(digest, minute)).await;
        if let Err(error) = noted {
            tracing::warn!(error = &error as &dyn std::error::Error, "the use of a token was not noted");
        }
    }
}

async fn find_owner(api: &Api, digest: TokenDigest) -> Result<UserId, Problem> {
    let found: Result<_, StoreError> =
        api.store.read(move |uow| uow.personal_tokens().find_standing(digest)).await;
    let owner = found?.ok_or(Problem::from(Code::InvalidToken))?.user;
    api.identity.owners.keep(digest, owner);
    Ok(owner)
}
