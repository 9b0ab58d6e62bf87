//! The one function that decodes a token.

use super::{AccessClaims, AccessTokenSettings, SKEW, TYPE, TokenError};
use crate::keys::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use jsonwebtoken::{Algorithm, Validation};
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{SessionId, UserId};
use serde::Deserialize;
use std::sync::{Arc, Weak};
use uuid::Uuid;

/// Ours have about 500 bytes.
const MAX_BYTES: usize = 4096;

/// The header of our tokens: any other member, such as `crit`, `jwk`, `jku`, `x5u` or `x5c`, makes it not ours.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OurHeader {
    alg: String,
    typ: String,
    kid: String,
}

/// The claims of our tokens, in plain integers and strings, so that the library's leniency with fractions and lists
/// does not apply. Any other claim makes it not ours.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OurClaims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    jti: String,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// A token whose signature and form were found genuine, under one generation of keys.
pub(super) struct Verified {
    claims: AccessClaims,
    iat: Timestamp,
    nbf: Timestamp,
    exp: Timestamp,
    keys: Weak<Keys>,
}

/// Verifies everything that does not depend on the time.
pub(super) fn verify(
    token: &str,
    keys: &Arc<Keys>,
    settings: &AccessTokenSettings,
) -> Result<Verified, TokenError> {
    if token.len() > MAX_BYTES {
        return Err(TokenError::Invalid);
    }
    let (header, _) = token.split_once('.').ok_or(TokenError::Invalid)?;
    let header = URL_SAFE_NO_PAD.decode(header).map_err(|_| TokenError::Invalid)?;
    let header: OurHeader = serde_json::from_slice(&header).map_err(|_| TokenError::Invalid)?;
    if header.alg != "EdDSA" || header.typ != TYPE {
        return Err(TokenError::Invalid);
    }
    let key = keys.signing_key(&header.kid).ok_or(TokenError::Invalid)?;
    #[allow(clippy::disallowed_methods, reason = "this is the one function that may decode")]
    let decoded = jsonwebtoken::decode::<OurClaims>(token, &key.decoding, &validation(settings));
    decoded.map_err(|_| TokenError::Invalid)?.claims.check(keys, settings)
}

/// The algorithm is ours, never the header's. The library judges times by the system's clock and lets `exp == now`
/// pass; they are judged by [`Verified::judge`] instead.
fn validation(settings: &AccessTokenSettings) -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.leeway = 0;
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub", "nbf"]);
    validation.set_issuer(&[&settings.issuer]);
    validation.set_audience(&[&settings.audience]);
    validation
}

impl OurClaims {
    fn check(self, keys: &Arc<Keys>, settings: &AccessTokenSettings) -> Result<Verified, TokenError> {
        let instant = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(TokenError::Invalid);
        let (iat, nbf, exp) = (instant(self.iat)?, instant(self.nbf)?, instant(self.exp)?);
        let ours = self.iss == settings.issuer && self.aud == settings.audience;
        if !ours || exp.signed_duration_since(iat) > settings.ttl {
            return Err(TokenError::Invalid);
        }
        uuid(&self.jti)?;
        let claims = AccessClaims { user: UserId(uuid(&self.sub)?), session: SessionId(uuid(&self.sid)?) };
        Ok(Verified { claims, iat, nbf, exp, keys: Arc::downgrade(keys) })
    }
}

impl Verified {
    /// Whether it was verified under these very keys.
    pub(super) fn under(&self, keys: &Arc<Keys>) -> bool {
        std::ptr::eq(self.keys.as_ptr(), Arc::as_ptr(keys))
    }

    /// Judges the times: issued at most a little ahead of `now`, begun, and not past its end, to the instant.
    pub(super) fn judge(&self, now: Timestamp) -> Result<AccessClaims, TokenError> {
        if self.iat > now + SKEW || self.nbf > now {
            return Err(TokenError::Invalid);
        }
        if now >= self.exp { Err(TokenError::Expired) } else { Ok(self.claims) }
    }
}

/// The hyphenated form only, in which we write them.
fn uuid(text: &str) -> Result<Uuid, TokenError> {
    let id = Uuid::try_parse(text).ok().filter(|_| text.len() == 36);
    id.ok_or(TokenError::Invalid)
}
