//! Thirty-two secret bytes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use madang_domain::ctx::Entropy;
use zeroize::Zeroizing;

/// Thirty-two bytes that are wiped when dropped and never printed.
pub(crate) struct Secret(Zeroizing<[u8; 32]>);

impl Secret {
    /// A fresh secret.
    pub(crate) fn fresh(entropy: &dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        entropy.fill(bytes.as_mut());
        Self(bytes)
    }

    /// Reads base64url without padding; `None` unless it is exactly 32 bytes.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let decoded = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        let mut bytes = Zeroizing::new([0; 32]);
        (decoded.len() == bytes.len()).then(|| {
            bytes.copy_from_slice(&decoded);
            Self(bytes)
        })
    }

    /// Base64url without padding.
    pub(crate) fn encode(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(self.bytes()))
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}
