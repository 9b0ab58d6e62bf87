//! The secrets of one-time links in mails.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use madang_domain::ctx::Entropy;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

const BYTES: usize = 32;
const CHARS: usize = 43;

/// A link's secret: 256 random bits. The mail holds it, the database holds its digest.
pub struct LinkToken(Zeroizing<[u8; BYTES]>);

impl LinkToken {
    /// A fresh secret.
    pub fn fresh(entropy: &dyn Entropy) -> Self {
        let mut bytes = Zeroizing::new([0; BYTES]);
        entropy.fill(bytes.as_mut());
        Self(bytes)
    }

    /// A secret from random bytes.
    pub fn from_bytes(bytes: [u8; BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads what a link held; `None` when it is of another form.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = Zeroizing::new([0; BYTES]);
        let read = URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut()).ok()?;
        (text.len() == CHARS && read == BYTES).then_some(Self(bytes))
    }

    /// What the link holds: 43 characters of base64url.
    pub fn encode(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(self.0.as_slice()))
    }

    /// What is stored: SHA-256 of the secret.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_slice()).into()
    }
}

impl std::fmt::Debug for LinkToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LinkToken([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn acc_6_a_link_holds_256_bits_and_only_its_digest_is_stored() {
        let token = LinkToken::from_bytes([7; 32]);
        let text = token.encode();
        assert_eq!(text.len(), CHARS);
        assert_eq!(LinkToken::parse(&text).unwrap().digest(), token.digest());
        assert_ne!(token.digest(), [7; 32]);
        assert!(!format!("{token:?}").contains(text.as_str()));
    }

    #[test]
    fn other_forms_are_no_links() {
        let text = LinkToken::from_bytes([7; 32]).encode().to_string();
        for wrong in ["", "a", &text[1..], &format!("{text}="), &format!("{text}A"), &text.replace('B', " ")]
        {
            assert!(LinkToken::parse(wrong).is_none(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn s_41_any_changed_byte_is_another_link(bytes: [u8; 32], at in 0usize..CHARS, to in "[A-Za-z0-9_-]") {
            let text = LinkToken::from_bytes(bytes).encode().to_string();
            let mut changed = text.clone();
            changed.replace_range(at..=at, &to);
            let same = LinkToken::parse(&changed).is_some_and(|t| t.digest() == LinkToken::from_bytes(bytes).digest());
            prop_assert_eq!(same, changed == text);
        }
    }
}
