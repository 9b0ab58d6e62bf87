//! Under which names failed logins are counted, and the cookie by which a device is known again (AUTH-17).
//!
//! The database holds MACs only, so that it neither tells which names were tried nor from where, and real and unreal
//! names look alike.

use crate::keys::{KeyRing, expand};
use crate::mac;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use madang_domain::accounts::{BucketKey, EnrolmentProof};
use madang_domain::ctx::Moment;
use madang_domain::ids::UserId;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use subtle::ConstantTimeEq;

const PREFIX: &str = "mdd1_";
const NONCE: usize = 16;
const BYTES: usize = NONCE + 32;
const CHARS: usize = PREFIX.len() + BYTES * 4 / 3;

/// Keys of login buckets and device cookies.
#[derive(Clone, Debug)]
pub struct LoginKeys {
    keys: Arc<KeyRing>,
}

/// A device that has logged in before, by the nonce of its cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownDevice([u8; NONCE]);

impl LoginKeys {
    /// Keys derived from the device secret of `keys`.
    pub fn new(keys: Arc<KeyRing>) -> Self {
        Self { keys }
    }

    /// The bucket of a name and the network that `address` is in: its /24, or /56 with IPv6. `identifier` is the folded
    /// name as typed, whether anybody has it or not.
    pub fn bucket_of_network(&self, identifier: &str, address: IpAddr) -> BucketKey {
        BucketKey(self.mac("bucket of network", &[identifier.as_bytes(), &network(address)]))
    }

    /// The bucket of a name for all unknown devices together.
    pub fn bucket_of_name(&self, identifier: &str) -> BucketKey {
        BucketKey(self.mac("bucket of name", &[identifier.as_bytes()]))
    }

    /// The bucket of a known device.
    pub fn bucket_of_device(&self, user: UserId, device: KnownDevice) -> BucketKey {
        BucketKey(self.mac("bucket of device", &[user.0.as_bytes(), &device.0]))
    }

    /// Under which the mails with a link that were asked for by an address are counted, whether anybody has it or not. The
    /// canonical form of the address goes in.
    pub fn bucket_of_mails(&self, email_key: &str) -> BucketKey {
        BucketKey(self.mac("bucket of mails", &[email_key.as_bytes()]))
    }

    /// The value of a fresh device cookie for `user`.
    pub fn device_cookie(&self, moment: &Moment, user: UserId) -> String {
        let nonce: [u8; NONCE] = moment.random();
        let mut bytes = [0; BYTES];
        bytes[..NONCE].copy_from_slice(&nonce);
        bytes[NONCE..].copy_from_slice(&self.device_mac(user, &nonce));
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The device, when `value` is a device cookie that this server made for `user`.
    pub fn known_device(&self, value: &str, user: UserId) -> Option<KnownDevice> {
        let encoded = value.strip_prefix(PREFIX).filter(|_| value.len() == CHARS)?;
        let mut bytes = [0; BYTES];
        let read = URL_SAFE_NO_PAD.decode_slice(encoded, &mut bytes).ok()?;
        let nonce: [u8; NONCE] = bytes[..NONCE].try_into().ok()?;
        let genuine = self.device_mac(user, &nonce).ct_eq(&bytes[NONCE..]);
        (read == BYTES && bool::from(genuine)).then_some(KnownDevice(nonce))
    }

    /// The keyed hash of an address that proved an enrolment (ACC-10): the canonical form of the address goes in.
    pub fn enrolment_proof(&self, email_key: &str) -> EnrolmentProof {
        EnrolmentProof(self.mac("enrolment", &[email_key.as_bytes()]))
    }

    fn device_mac(&self, user: UserId, nonce: &[u8; NONCE]) -> [u8; 32] {
        self.mac("device cookie", &[user.0.as_bytes(), nonce])
    }

    fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let key = expand(&self.keys.current().device, None, &["madang ", purpose]);
        // Lengths keep ("ab", "c") and ("a", "bc") apart.
        let lengths: Vec<[u8; 8]> = parts.iter().map(|part| (part.len() as u64).to_be_bytes()).collect();
        let message: Vec<&[u8]> =
            lengths.iter().zip(parts).flat_map(|(length, part)| [length.as_slice(), part]).collect();
        mac::sha256(&key, &message)
    }
}

/// The network of an address, in a form that never collides between the two families.
fn network(address: IpAddr) -> [u8; 17] {
    let mut bytes = [0; 17];
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let net = Ipv4Addr::from_bits(v4.to_bits() & !0xff);
            bytes[0] = 4;
            bytes[1..5].copy_from_slice(&net.octets());
        }
        IpAddr::V6(v6) => {
            let net = Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 72));
            bytes[0] = 6;
            bytes[1..].copy_from_slice(&net.octets());
        }
    }
    bytes
}

#[cfg(test)]
mod tests;
