//! What a one-time link proves.

use crate::ctx::Moment;
use sha2::{Digest, Sha256};
use std::fmt;

/// The 256 random bits of a one-time link. Only their digest is stored with the link; the bits themselves stand in the
/// outbox until the mail is out, and `Debug` never shows them.
#[derive(Clone, PartialEq, Eq)]
pub struct LinkSecret(pub [u8; 32]);

impl LinkSecret {
    /// A fresh secret.
    pub fn fresh(moment: &Moment) -> Self {
        Self(moment.random())
    }

    /// SHA-256 of the secret: what the link is found by.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

impl fmt::Debug for LinkSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkSecret(…)")
    }
}
