//! Access tokens: short-lived EdDSA JWTs, typed `at+jwt`.
//!
//! A token names a user and a session and nothing that may change: role, school and state are read live. There is one
//! function that verifies; nothing else may decode.

mod verify;

use crate::keys::KeyRing;
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, Header};
use madang_domain::ctx::{Moment, Timestamp};
use madang_domain::ids::{SessionId, UserId};
use moka::sync::Cache;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use uuid::{Builder, Uuid};
use verify::Verified;

/// The media type of our tokens, which no other kind of token carries.
const TYPE: &str = "at+jwt";

/// How far another node's clock may run ahead.
const SKEW: TimeDelta = TimeDelta::seconds(5);

/// Who issues, for whom, for how long, and how many verified tokens are remembered.
#[derive(Clone, Debug)]
pub struct AccessTokenSettings {
    /// `auth.issuer`.
    pub issuer: String,
    /// `auth.audience`.
    pub audience: String,
    /// `auth.access_ttl_seconds`; whole seconds.
    pub ttl: TimeDelta,
    /// `auth.verified_cache_seconds`; zero switches the cache off.
    pub cache_for: Duration,
    /// `auth.verified_cache_max`, in tokens.
    pub cache_max: u64,
}

/// What a genuine token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessClaims {
    /// Whom it was issued to.
    pub user: UserId,
    /// The session it belongs to; whether that still lives is asked in each unit of work.
    pub session: SessionId,
}

/// A fresh token.
#[derive(Clone)]
pub struct IssuedToken {
    /// The token.
    pub token: String,
    /// How long it lives.
    pub expires_in: TimeDelta,
}

/// Why a token is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a token of this server.
    #[error("the token is invalid")]
    Invalid,
    /// Genuine in everything, but past its end.
    #[error("the token has expired")]
    Expired,
}

/// Signing failed: a fault of ours.
#[derive(Debug, thiserror::Error)]
#[error("the token could not be signed")]
pub struct IssueError(#[source] Box<dyn std::error::Error + Send + Sync>);

/// Issues and verifies access tokens.
#[derive(Clone)]
pub struct AccessTokens {
    keys: Arc<KeyRing>,
    settings: Arc<AccessTokenSettings>,
    /// SHA-256 of whole tokens to what was verified. It saves the signature only: the times are judged at each request.
    verified: Option<Cache<[u8; 32], Arc<Verified>>>,
}

#[derive(Serialize)]
struct NewClaims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: Uuid,
    sid: Uuid,
    jti: Uuid,
    iat: i64,
    nbf: i64,
    exp: i64,
}

impl AccessTokens {
    /// Tokens signed by `keys`.
    pub fn new(keys: Arc<KeyRing>, settings: AccessTokenSettings) -> Self {
        let verified = (!settings.cache_for.is_zero() && settings.cache_max > 0).then(|| {
            Cache::builder().max_capacity(settings.cache_max).time_to_live(settings.cache_for).build()
        });
        Self { keys, settings: Arc::new(settings), verified }
    }

    /// A fresh token of `session`.
    ///
    /// # Errors
    ///
    /// When it cannot be signed, which a keys file that was accepted never causes.
    pub fn issue(
        &self,
        moment: &Moment,
        user: UserId,
        session: SessionId,
    ) -> Result<IssuedToken, IssueError> {
        let keys = self.keys.current();
        let key = keys.active_signing_key().ok_or_else(|| IssueError("no active signing key".into()))?;
        let iat = moment.now.timestamp();
        let claims = NewClaims {
            iss: &self.settings.issuer,
            aud: &self.settings.audience,
            sub: user.0,
            sid: session.0,
            jti: Builder::from_random_bytes(moment.random()).into_uuid(),
            iat,
            // Readers allow no leeway here, so a node whose clock is a little behind is allowed for when issuing.
            nbf: iat - SKEW.num_seconds(),
            exp: iat + self.settings.ttl.num_seconds(),
        };
        let header = Header {
            typ: Some(TYPE.to_owned()),
            kid: Some(key.kid.clone()),
            ..Header::new(Algorithm::EdDSA)
        };
        let token = jsonwebtoken::encode(&header, &claims, &key.encoding);
        let token = token.map_err(|error| IssueError(error.into()))?;
        Ok(IssuedToken { token, expires_in: self.settings.ttl })
    }

    /// What `token` says, when it is genuine and alive at `now`. Whether its session and user live is not asked here.
    ///
    /// # Errors
    ///
    /// [`TokenError::Expired`] when nothing but its end is wrong, else [`TokenError::Invalid`].
    pub fn verify(&self, token: &str, now: Timestamp) -> Result<AccessClaims, TokenError> {
        let keys = self.keys.current();
        let digest = Sha256::digest(token.as_bytes()).into();
        let known = self.verified.as_ref().and_then(|cache| cache.get(&digest));
        // Keys were exchanged since: what was verified under the old ones counts no longer.
        if let Some(known) = known.filter(|known| known.under(&keys)) {
            return known.judge(now);
        }
        let verified = Arc::new(verify::verify(token, &keys, &self.settings)?);
        let judged = verified.judge(now);
        if let Some(cache) = self.verified.as_ref().filter(|_| judged.is_ok()) {
            cache.insert(digest, verified);
        }
        judged
    }
}

impl std::fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessTokens").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for IssuedToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedToken").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
