//! Hashes imported from Django: `pbkdf2_sha256$<rounds>$<salt>$<base64 of 32 bytes>`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::Sha256;
use subtle::ConstantTimeEq;

const SCHEME: &str = "pbkdf2_sha256";
const MAX_SALT: usize = 128;

/// An imported hash whose rounds are within bounds.
pub(super) struct DjangoHash<'a> {
    rounds: u32,
    salt: &'a str,
    digest: [u8; 32],
}

impl<'a> DjangoHash<'a> {
    /// Reads a stored hash; `None` for other schemes, other forms, and more than `max_rounds`, which are never computed.
    pub(super) fn parse(stored: &'a str, max_rounds: u32) -> Option<Self> {
        let mut parts = stored.split('$');
        let (scheme, rounds, salt, digest) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let rounds: u32 = rounds.parse().ok()?;
        let within = (1..=max_rounds).contains(&rounds) && (1..=MAX_SALT).contains(&salt.len());
        if scheme != SCHEME || parts.next().is_some() || !within {
            return None;
        }
        let digest = STANDARD.decode(digest).ok()?.try_into().ok()?;
        Some(Self { rounds, salt, digest })
    }

    /// A hash that nothing matches, as costly as a real one of `rounds`.
    pub(super) fn dummy(rounds: u32) -> DjangoHash<'static> {
        DjangoHash { rounds, salt: "dummy", digest: [0; 32] }
    }

    /// What it costs.
    pub(super) fn rounds(&self) -> u32 {
        self.rounds
    }

    /// Whether `password` is right, over exactly what was typed: Django normalises nothing.
    pub(super) fn matches(&self, password: &str) -> bool {
        let mut digest = [0; 32];
        pbkdf2::pbkdf2_hmac::<Sha256>(password.as_bytes(), self.salt.as_bytes(), self.rounds, &mut digest);
        digest.ct_eq(&self.digest).into()
    }
}
