use super::*;
use crate::test_support::{edit_keys, ring};
use proptest::prelude::*;
use serde_json::json;

const SESSION: SessionId = SessionId(Uuid::from_u128(0x1234_5678_9abc_4def_8123_4567_89ab_cdef));
const NONCE: [u8; 16] = [9; 16];

fn genuine(tokens: &RefreshTokens, value: &str, nonce: &[u8; 16]) -> bool {
    tokens.parse(value).is_ok_and(|presented| tokens.verify(&presented, nonce))
}

#[test]
fn auth_8_a_token_names_its_session_and_counter_and_is_the_same_each_time() {
    let (_folder, ring) = ring();
    let tokens = RefreshTokens::new(ring);
    let value = tokens.make(SESSION, 41, 1, &NONCE).unwrap();
    assert_eq!((value.len(), &value[..5]), (81, "mdr1_"));
    let presented = tokens.parse(&value).unwrap();
    assert_eq!((presented.session, presented.counter, presented.key_id), (SESSION, 41, 1));
    assert!(tokens.verify(&presented, &NONCE));
    assert!(!tokens.verify(&presented, &[8; 16]), "another session's nonce");
    assert_eq!(*value, *tokens.make(SESSION, 41, 1, &NONCE).unwrap());
    assert_ne!(*value, *tokens.make(SESSION, 42, 1, &NONCE).unwrap());
    assert!(!format!("{presented:?}").contains("mac"));
}

#[test]
fn s_19_an_older_secret_verifies_until_it_is_removed() {
    let (folder, ring) = ring();
    let tokens = RefreshTokens::new(Arc::clone(&ring));
    let old = tokens.make(SESSION, 1, 1, &NONCE).unwrap();
    let second = URL_SAFE_NO_PAD.encode([0xee; 32]);
    edit_keys(&folder, |keys| {
        keys["refresh"][0]["state"] = json!("kept");
        keys["refresh"].as_array_mut().unwrap().push(json!({"id": 2, "secret": second, "state": "active"}));
    })
    .unwrap();
    ring.reload().unwrap();
    assert!(genuine(&tokens, &old, &NONCE));
    assert_eq!(tokens.active_key_id(), Ok(2));
    let new = tokens.make(SESSION, 2, 2, &NONCE).unwrap();
    edit_keys(&folder, |keys| drop(keys["refresh"].as_array_mut().unwrap().remove(0))).unwrap();
    ring.reload().unwrap();
    assert!(tokens.parse(&old).is_err());
    assert!(genuine(&tokens, &new, &NONCE));
}

#[test]
fn s_11_other_values_are_no_refresh_tokens() {
    let (_folder, ring) = ring();
    let tokens = RefreshTokens::new(ring);
    let value = tokens.make(SESSION, 1, 1, &NONCE).unwrap().to_string();
    let others = [
        String::new(),
        "mdr1_".to_owned(),
        value.replace("mdr1_", "mdr2_"),
        value.replace("mdr1_", "mdt_"),
        format!("{value}A"),
        format!("{value}="),
        format!(" {value}"),
        value[..80].to_owned(),
        format!("mdr1_{}", "한".repeat(76 / 3)),
        "eyJhbGciOiJFZERTQSJ9.e30.c2ln".to_owned(),
    ];
    for other in others {
        assert!(tokens.parse(&other).is_err(), "{other}");
    }
    assert!(tokens.make(SESSION, 1, 9, &NONCE).is_err(), "a secret that is not held");
}

#[test]
fn a_negative_counter_is_never_read() {
    let (_folder, ring) = ring();
    let tokens = RefreshTokens::new(ring);
    assert!(tokens.parse(&tokens.make(SESSION, -1, 1, &NONCE).unwrap()).is_err());
}

proptest! {
    #[test]
    fn auth_9_any_changed_byte_is_refused(counter in 0i64.., nonce: [u8; 16], at in 0usize..81, byte in 0x20u8..0x7f) {
        let (_folder, ring) = ring();
        let tokens = RefreshTokens::new(ring);
        let value = tokens.make(SESSION, counter, 1, &nonce).unwrap().to_string();
        let mut changed = value.clone().into_bytes();
        changed[at] = byte;
        let changed = String::from_utf8(changed).unwrap();
        prop_assert_eq!(genuine(&tokens, &changed, &nonce), changed == value);
    }

    #[test]
    fn the_parser_takes_anything(text in ".{0,100}", tail in "[A-Za-z0-9_-]{76}") {
        let (_folder, ring) = ring();
        let tokens = RefreshTokens::new(ring);
        prop_assert!(tokens.parse(&text).is_err());
        let forged = format!("mdr1_{tail}");
        prop_assert!(tokens.parse(&forged).is_err());
    }
}
