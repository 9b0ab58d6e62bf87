//! Refresh tokens: a name of a session and a counter, proven by MACs. Nothing of a token is stored.
//!
//! `mdr1_` + base64url(key id 1 | session 16 | counter 8 | pre-tag 8 | MAC 24), 81 characters. The pre-tag is keyed by the
//! server's secret alone, so that garbage dies without a database read. The MAC is keyed by the secret and the session's
//! nonce together, so that neither the keys file nor the database alone makes a token.

use crate::keys::{KeyRing, Keys, Secret, expand};
use crate::mac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use madang_domain::ids::SessionId;
use std::sync::Arc;
use subtle::ConstantTimeEq;
use uuid::Uuid;
use zeroize::Zeroizing;

const PREFIX: &str = "mdr1_";
const CLAIM: usize = 1 + 16 + 8;
const PRE_TAG: usize = 8;
const MAC: usize = 24;
const BYTES: usize = CLAIM + PRE_TAG + MAC;
const CHARS: usize = PREFIX.len() + BYTES * 4 / 3;

/// The value is no refresh token of this server, or its secret is no longer held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the refresh token is invalid")]
pub struct RefreshInvalid;

/// Makes and checks refresh tokens.
#[derive(Clone, Debug)]
pub struct RefreshTokens {
    keys: Arc<KeyRing>,
}

/// A token that passed the pre-tag: it names a session, but proves nothing before [`RefreshTokens::verify`].
#[derive(Clone)]
pub struct PresentedRefresh {
    /// The session that it names.
    pub session: SessionId,
    /// How many rotations the session had when this token was made; never negative.
    pub counter: i64,
    /// The secret it was made under.
    pub key_id: u8,
    mac: [u8; MAC],
}

impl RefreshTokens {
    /// Tokens under the secrets of `keys`.
    pub fn new(keys: Arc<KeyRing>) -> Self {
        Self { keys }
    }

    /// The id of the secret that makes new tokens: what a session's `key_id` becomes at each rotation.
    ///
    /// # Errors
    ///
    /// Never with a keys file that was accepted.
    pub fn active_key_id(&self) -> Result<u8, RefreshInvalid> {
        self.keys.current().active_refresh_secret().map(|entry| entry.id).ok_or(RefreshInvalid)
    }

    /// The token of `session` at `counter` under the secret `key_id`. The same arguments give the same token, which is
    /// how a parallel refresh gets the same successor.
    ///
    /// # Errors
    ///
    /// When the secret is no longer held.
    pub fn make(
        &self,
        session: SessionId,
        counter: i64,
        key_id: u8,
        nonce: &[u8; 16],
    ) -> Result<Zeroizing<String>, RefreshInvalid> {
        let keys = self.keys.current();
        let secret = secret(&keys, key_id)?;
        let claim = claim(key_id, session, counter);
        let mut bytes = Zeroizing::new([0; BYTES]);
        bytes[..CLAIM].copy_from_slice(&claim);
        bytes[CLAIM..CLAIM + PRE_TAG].copy_from_slice(&pre_tag(secret, &claim));
        bytes[CLAIM + PRE_TAG..].copy_from_slice(&full_tag(secret, nonce, &claim));
        let mut token = Zeroizing::new(String::with_capacity(CHARS));
        token.push_str(PREFIX);
        URL_SAFE_NO_PAD.encode_string(bytes.as_slice(), &mut token);
        Ok(token)
    }

    /// Reads a presented value and checks its pre-tag.
    ///
    /// # Errors
    ///
    /// When it is of another form, its secret is not held, or the pre-tag is wrong.
    pub fn parse(&self, value: &str) -> Result<PresentedRefresh, RefreshInvalid> {
        let encoded = value.strip_prefix(PREFIX).filter(|_| value.len() == CHARS).ok_or(RefreshInvalid)?;
        let mut bytes = [0; BYTES];
        let read = URL_SAFE_NO_PAD.decode_slice(encoded, &mut bytes).map_err(|_| RefreshInvalid)?;
        if read != BYTES {
            return Err(RefreshInvalid);
        }
        let presented = PresentedRefresh::from_bytes(&bytes).ok_or(RefreshInvalid)?;
        let keys = self.keys.current();
        let expected = pre_tag(secret(&keys, presented.key_id)?, &presented.claim());
        let genuine = bool::from(bytes[CLAIM..CLAIM + PRE_TAG].ct_eq(&expected));
        genuine.then_some(presented).ok_or(RefreshInvalid)
    }

    /// Whether `presented` was made by this server for the session that has `nonce`. A `false` must change no state.
    pub fn verify(&self, presented: &PresentedRefresh, nonce: &[u8; 16]) -> bool {
        let keys = self.keys.current();
        let Some(secret) = keys.refresh_secret(presented.key_id) else { return false };
        full_tag(secret, nonce, &presented.claim()).ct_eq(&presented.mac).into()
    }
}

impl PresentedRefresh {
    fn from_bytes(bytes: &[u8; BYTES]) -> Option<Self> {
        let (claim, tags) = bytes.split_at(CLAIM);
        let counter = i64::from_be_bytes(claim[17..].try_into().ok()?);
        let session = SessionId(Uuid::from_slice(&claim[1..17]).ok()?);
        let mac = tags[PRE_TAG..].try_into().ok()?;
        (counter >= 0).then_some(Self { session, counter, key_id: claim[0], mac })
    }

    fn claim(&self) -> [u8; CLAIM] {
        claim(self.key_id, self.session, self.counter)
    }
}

impl std::fmt::Debug for PresentedRefresh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PresentedRefresh")
            .field("session", &self.session)
            .field("counter", &self.counter)
            .finish_non_exhaustive()
    }
}

fn secret(keys: &Keys, id: u8) -> Result<&Secret, RefreshInvalid> {
    keys.refresh_secret(id).ok_or(RefreshInvalid)
}

fn claim(key_id: u8, session: SessionId, counter: i64) -> [u8; CLAIM] {
    let mut claim = [0; CLAIM];
    claim[0] = key_id;
    claim[1..17].copy_from_slice(session.0.as_bytes());
    claim[17..].copy_from_slice(&counter.to_be_bytes());
    claim
}

fn pre_tag(secret: &Secret, claim: &[u8]) -> [u8; PRE_TAG] {
    tag(&expand(secret, None, &["madang refresh pre-tag"]), claim)
}

fn full_tag(secret: &Secret, nonce: &[u8; 16], claim: &[u8]) -> [u8; MAC] {
    tag(&expand(secret, Some(nonce), &["madang refresh mac"]), claim)
}

fn tag<const N: usize>(key: &[u8; 32], message: &[u8]) -> [u8; N] {
    let full = mac::sha256(key, &[message]);
    std::array::from_fn(|n| full[n])
}

#[cfg(test)]
mod tests;
