//! The server's secrets: read from one file, handed out by purpose, exchanged while the server runs.
//!
//! Nothing here prints a secret: no type has a `Debug` that shows one, and buffers are wiped when dropped.

mod file;
mod ring;
mod secret;

pub use file::{KeysError, MadeKeys, make, read};
pub use ring::KeyRing;
pub(crate) use secret::Secret;

use hkdf::Hkdf;
use jsonwebtoken::{DecodingKey, EncodingKey};
use sha2::Sha256;
use zeroize::Zeroizing;

/// One generation of keys. Immutable; [`KeyRing`] exchanges it as a whole.
pub struct Keys {
    pub(crate) signing: Vec<SigningKey>,
    pub(crate) refresh: Vec<RefreshSecret>,
    pub(crate) peppers: Vec<Pepper>,
    pub(crate) device: Secret,
    pub(crate) links: Secret,
}

/// What a signing key is used for (AUTH-18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SigningState {
    /// Published, so that others know it before its first token.
    Next,
    /// Signs new tokens.
    Active,
    /// Verifies what it has signed.
    Retired,
}

/// What any other listed secret is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretState {
    /// Makes new values.
    Active,
    /// Verifies the values it has made.
    Kept,
}

pub(crate) struct SigningKey {
    pub(crate) kid: String,
    pub(crate) state: SigningState,
    pub(crate) encoding: EncodingKey,
    pub(crate) decoding: DecodingKey,
    /// The public point, base64url.
    pub(crate) x: String,
}

pub(crate) struct RefreshSecret {
    pub(crate) id: u8,
    pub(crate) state: SecretState,
    pub(crate) secret: Secret,
}

pub(crate) struct Pepper {
    pub(crate) version: i16,
    pub(crate) state: SecretState,
    pub(crate) secret: Secret,
}

/// The public part of a signing key, as JWKS lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// The key's name in token headers.
    pub kid: String,
    /// The Ed25519 point, base64url without padding.
    pub x: String,
}

impl Keys {
    /// The public parts of all signing keys: next, active and retired.
    pub fn public_keys(&self) -> Vec<PublicKey> {
        self.signing.iter().map(|key| PublicKey { kid: key.kid.clone(), x: key.x.clone() }).collect()
    }

    /// A secret of its own for `purpose`, derived from the secret for links: for MACs over cursors, media URLs and
    /// thread-scoped keys. Equal on all nodes that share the keys file, and useless for any other purpose.
    pub fn derived(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        expand(&self.links, None, &["madang ", purpose])
    }

    pub(crate) fn signing_key(&self, kid: &str) -> Option<&SigningKey> {
        self.signing.iter().find(|key| key.kid == kid)
    }

    pub(crate) fn active_signing_key(&self) -> Option<&SigningKey> {
        self.signing.iter().find(|key| key.state == SigningState::Active)
    }

    pub(crate) fn refresh_secret(&self, id: u8) -> Option<&Secret> {
        self.refresh.iter().find(|entry| entry.id == id).map(|entry| &entry.secret)
    }

    pub(crate) fn active_refresh_secret(&self) -> Option<&RefreshSecret> {
        self.refresh.iter().find(|entry| entry.state == SecretState::Active)
    }

    pub(crate) fn pepper(&self, version: i16) -> Option<&Secret> {
        self.peppers.iter().find(|entry| entry.version == version).map(|entry| &entry.secret)
    }

    pub(crate) fn active_pepper(&self) -> Option<&Pepper> {
        self.peppers.iter().find(|entry| entry.state == SecretState::Active)
    }
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kids: Vec<_> = self.signing.iter().map(|key| (&key.kid, key.state)).collect();
        f.debug_struct("Keys").field("signing", &kids).finish_non_exhaustive()
    }
}

/// A key derived from `secret` by HKDF-SHA-256.
pub(crate) fn expand(secret: &Secret, salt: Option<&[u8]>, info: &[&str]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    let info: Vec<&[u8]> = info.iter().map(|part| part.as_bytes()).collect();
    // 32 bytes are far below HKDF's limit of 255 blocks, the only thing that it refuses.
    let expanded = Hkdf::<Sha256>::new(salt, secret.bytes()).expand_multi_info(&info, key.as_mut());
    debug_assert!(expanded.is_ok());
    key
}

#[cfg(test)]
mod tests;
