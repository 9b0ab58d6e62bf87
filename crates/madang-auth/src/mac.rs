//! HMAC with keys of 32 bytes.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Sha256, Sha384};
use zeroize::Zeroizing;

/// HMAC-SHA-256 over the parts, one after another.
pub(crate) fn sha256(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut hmac = Hmac::<Sha256>::new((&*padded::<64>(key)).into());
    parts.iter().for_each(|part| hmac.update(part));
    hmac.finalize().into_bytes().into()
}

/// HMAC-SHA-384 over a message.
pub(crate) fn sha384(key: &[u8; 32], message: &[u8]) -> Zeroizing<[u8; 48]> {
    let mut hmac = Hmac::<Sha384>::new((&*padded::<128>(key)).into());
    hmac.update(message);
    Zeroizing::new(hmac.finalize().into_bytes().into())
}

/// HMAC fills short keys with zeros up to a block; done here because the type for a whole block cannot fail.
fn padded<const BLOCK: usize>(key: &[u8; 32]) -> Zeroizing<[u8; BLOCK]> {
    let mut block = Zeroizing::new([0; BLOCK]);
    block[..32].copy_from_slice(key);
    block
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_a_key_changes_nothing() {
        let key = [0xa5; 32];
        let mut hmac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        hmac.update(b"ab");
        assert_eq!(sha256(&key, &[b"a", b"b"])[..], hmac.finalize().into_bytes()[..]);
        let mut hmac = Hmac::<Sha384>::new_from_slice(&key).unwrap();
        hmac.update(b"ab");
        assert_eq!(sha384(&key, b"ab")[..], hmac.finalize().into_bytes()[..]);
    }
}
