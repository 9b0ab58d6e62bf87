use super::*;
use crate::test_support::{moment, ring};
use uuid::Uuid;

const USER: UserId = UserId(Uuid::from_u128(1));
const OTHER: UserId = UserId(Uuid::from_u128(2));

fn keys() -> (tempfile::TempDir, LoginKeys) {
    let (folder, ring) = ring();
    (folder, LoginKeys::new(ring))
}

#[test]
fn auth_17_a_bucket_is_of_a_name_and_a_network() {
    let (_folder, keys) = keys();
    let bucket = |name: &str, address: &str| keys.bucket_of_network(name, address.parse().unwrap());
    assert_eq!(bucket("alice", "192.0.2.1"), bucket("alice", "192.0.2.254"));
    assert_eq!(bucket("alice", "192.0.2.1"), bucket("alice", "::ffff:192.0.2.9"));
    assert_ne!(bucket("alice", "192.0.2.1"), bucket("alice", "192.0.3.1"));
    assert_ne!(bucket("alice", "192.0.2.1"), bucket("bob", "192.0.2.1"));
    assert_eq!(bucket("alice", "2001:db8:0:100::1"), bucket("alice", "2001:db8:0:1ff::2"));
    assert_ne!(bucket("alice", "2001:db8:0:100::1"), bucket("alice", "2001:db8:0:200::1"));
    assert_ne!(bucket("alice", "192.0.2.1"), keys.bucket_of_name("alice"));
}

#[test]
fn auth_17_a_device_is_known_to_its_user_only() {
    let (_folder, keys) = keys();
    let cookie = keys.device_cookie(&moment(0), USER);
    let device = keys.known_device(&cookie, USER).unwrap();
    assert_eq!(keys.known_device(&cookie, OTHER), None);
    assert_ne!(keys.bucket_of_device(USER, device), keys.bucket_of_device(OTHER, device));
}

#[test]
fn a_changed_device_cookie_is_unknown() {
    let (_folder, keys) = keys();
    let cookie = keys.device_cookie(&moment(0), USER);
    for at in 0..cookie.len() {
        let mut changed = cookie.clone().into_bytes();
        changed[at] ^= 1;
        assert_eq!(keys.known_device(&String::from_utf8(changed).unwrap(), USER), None, "{at}");
    }
    for other in ["", "mdd1_", &format!("{cookie}A"), &cookie[1..], "mdd1_한글"] {
        assert_eq!(keys.known_device(other, USER), None, "{other}");
    }
}

#[test]
fn acc_10_a_proof_of_enrolment_tells_no_address() {
    let (_folder, keys) = keys();
    let proof = keys.enrolment_proof("kim@example.test");
    assert_eq!(proof, keys.enrolment_proof("kim@example.test"));
    assert_ne!(proof, keys.enrolment_proof("lee@example.test"));
    assert_ne!(proof.0, keys.bucket_of_name("kim@example.test").0);
}
