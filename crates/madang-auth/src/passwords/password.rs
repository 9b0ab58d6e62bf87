//! A password as typed.

use serde::{Deserialize, Deserializer};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// A password as typed: read from a request, never written anywhere, wiped when dropped.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes the text over; every character counts, also NUL and spaces at the ends.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// As typed.
    pub(crate) fn typed(&self) -> &str {
        &self.0
    }

    /// In NFKC, so that the same password typed on another system is the same.
    pub(crate) fn normalised(&self) -> Zeroizing<String> {
        // Room for the worst growth, so that no copy is left behind by a growing buffer.
        let mut text = Zeroizing::new(String::with_capacity(self.0.len().saturating_mul(4).min(1 << 16)));
        text.extend(self.0.nfkc());
        text
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password([redacted])")
    }
}
