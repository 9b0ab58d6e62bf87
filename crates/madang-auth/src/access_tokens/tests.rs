use super::*;
use crate::test_support::{at, edit_keys, moment, ring};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::EncodingKey;
use proptest::prelude::*;
use serde_json::{Value, json};
use tempfile::TempDir;

const USER: UserId = UserId(Uuid::from_u128(0x11111111_1111_4111_8111_111111111111));
const SESSION: SessionId = SessionId(Uuid::from_u128(0x22222222_2222_4222_8222_222222222222));
const OURS: AccessClaims = AccessClaims { user: USER, session: SESSION };

struct World {
    folder: TempDir,
    ring: Arc<KeyRing>,
    tokens: AccessTokens,
}

fn world_caching(seconds: u64) -> World {
    let (folder, ring) = ring();
    let settings = AccessTokenSettings {
        issuer: "https://madang.test".to_owned(),
        audience: "madang".to_owned(),
        ttl: TimeDelta::seconds(600),
        cache_for: Duration::from_secs(seconds),
        cache_max: 100,
    };
    World { tokens: AccessTokens::new(Arc::clone(&ring), settings), folder, ring }
}

fn world() -> World {
    world_caching(0)
}

impl World {
    fn issue(&self) -> String {
        self.tokens.issue(&moment(0), USER, SESSION).unwrap().token
    }

    fn judge(&self, token: &str) -> Result<AccessClaims, TokenError> {
        self.tokens.verify(token, at(1))
    }

    /// A token signed by the active key, with any header and claims.
    fn signed(&self, header: &Value, claims: &Value) -> String {
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(serde_json::to_vec(json).unwrap());
        self.signed_raw(&part(header), &part(claims))
    }

    fn signed_raw(&self, header: &str, claims: &str) -> String {
        let keys = self.ring.current();
        let message = format!("{header}.{claims}");
        let key = &keys.active_signing_key().unwrap().encoding;
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), key, Algorithm::EdDSA).unwrap();
        format!("{message}.{signature}")
    }

    fn header(&self) -> Value {
        let kid = self.ring.current().active_signing_key().unwrap().kid.clone();
        json!({"alg": "EdDSA", "typ": "at+jwt", "kid": kid})
    }
}

fn claims() -> Value {
    let iat = at(0).timestamp();
    json!({
        "iss": "https://madang.test", "aud": "madang", "sub": USER.0, "sid": SESSION.0, "jti": Uuid::from_u128(7),
        "iat": iat, "nbf": iat, "exp": iat + 600,
    })
}

fn with(mut json: Value, key: &str, value: Value) -> Value {
    json[key] = value;
    json
}

fn without(mut json: Value, key: &str) -> Value {
    json.as_object_mut().unwrap().remove(key);
    json
}

#[test]
fn auth_4_a_token_names_user_and_session_and_nothing_else() {
    let world = world();
    let token = world.issue();
    assert_eq!(world.judge(&token), Ok(OURS));
    let part = |n| -> Value {
        let part = token.split('.').nth(n).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    };
    assert_eq!(part(0), world.header());
    let keys: Vec<_> = part(1).as_object().unwrap().keys().cloned().collect();
    assert_eq!(keys, ["aud", "exp", "iat", "iss", "jti", "nbf", "sid", "sub"]);
    assert_eq!(part(1)["exp"], json!(at(600).timestamp()));
    assert!(token.len() < 1000);
    assert_eq!(
        world.judge(&world.signed(&world.header(), &claims())),
        Ok(OURS),
        "what the tests below change"
    );
}

#[test]
fn auth_4_the_end_is_exact() {
    for cache in [0, 60] {
        let world = world_caching(cache);
        let token = world.issue();
        let last = at(600) - TimeDelta::microseconds(1);
        assert_eq!(world.tokens.verify(&token, last), Ok(OURS));
        assert_eq!(world.tokens.verify(&token, at(600)), Err(TokenError::Expired));
        assert_eq!(world.tokens.verify(&token, at(60_000)), Err(TokenError::Expired));
        let forged = world.signed(&world.header(), &with(claims(), "aud", json!("other")));
        assert_eq!(
            world.tokens.verify(&forged, at(60_000)),
            Err(TokenError::Invalid),
            "not only past its end"
        );
    }
}

#[test]
fn s_03_unsigned_tokens_are_invalid() {
    let world = world();
    let signature = world.issue().rsplit('.').next().unwrap().to_owned();
    for alg in ["none", "None", "nOnE", "NONE", "HS256", "eddsa", "ES256", "RS256", ""] {
        let token = world.signed(&with(world.header(), "alg", json!(alg)), &claims());
        let unsigned = &token[..=token.rfind('.').unwrap()];
        for forged in [token.clone(), unsigned.to_owned(), format!("{unsigned}{signature}")] {
            assert_eq!(world.judge(&forged), Err(TokenError::Invalid), "{alg}");
        }
    }
    let public = world.ring.current().public_keys()[0].x.clone();
    let hs = Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::HS256) };
    let by_public_key = EncodingKey::from_secret(&URL_SAFE_NO_PAD.decode(public).unwrap());
    let confused = jsonwebtoken::encode(&hs, &claims(), &by_public_key).unwrap();
    assert_eq!(world.judge(&confused), Err(TokenError::Invalid));
}

#[test]
fn s_04_a_strange_kid_is_invalid() {
    let world = world();
    let kids = [
        json!("unknown"),
        json!("../../dev/null"),
        json!("' OR 1=1"),
        json!(["a"]),
        json!("k".repeat(10_000)),
        json!(null),
        json!(1),
        json!(""),
    ];
    for kid in kids {
        let token = world.signed(&with(world.header(), "kid", kid.clone()), &claims());
        assert_eq!(world.judge(&token), Err(TokenError::Invalid), "{kid}");
    }
    let missing = world.signed(&without(world.header(), "kid"), &claims());
    assert_eq!(world.judge(&missing), Err(TokenError::Invalid));
}

#[test]
fn s_05_a_key_in_the_header_is_invalid() {
    let world = world();
    let attacker = other_server();
    let x = attacker.ring.current().public_keys()[0].x.clone();
    for (name, value) in [
        ("jwk", json!({"kty": "OKP", "crv": "Ed25519", "x": x})),
        ("jku", json!("https://attacker.test/jwks.json")),
        ("x5u", json!("https://attacker.test/cert")),
        ("x5c", json!(["MIIB"])),
        ("crit", json!(["b64"])),
        ("crit", json!([])),
        ("zip", json!("DEF")),
    ] {
        let header = with(world.header(), name, value);
        assert_eq!(world.judge(&attacker.signed(&header, &claims())), Err(TokenError::Invalid), "{name}");
        assert_eq!(
            world.judge(&world.signed(&header, &claims())),
            Err(TokenError::Invalid),
            "{name} signed by us"
        );
    }
    assert_eq!(world.judge(&attacker.signed(&world.header(), &claims())), Err(TokenError::Invalid));
}

/// A world whose keys are another server's.
fn other_server() -> World {
    let world = world();
    edit_keys(&world.folder, |keys| {
        keys["signing"][0]["private"] = json!(URL_SAFE_NO_PAD.encode([0xaa; 32]));
    })
    .unwrap();
    world.ring.reload().unwrap();
    world
}

#[test]
fn s_06_the_wrong_type_times_and_names_are_invalid() {
    let world = world();
    let invalid = |header: Value, claims: Value| {
        let token = world.signed(&header, &claims);
        assert_eq!(world.judge(&token), Err(TokenError::Invalid), "{header} {claims}");
    };
    invalid(without(world.header(), "typ"), claims());
    for typ in ["JWT", "rt+jwt", "AT+JWT", ""] {
        invalid(with(world.header(), "typ", json!(typ)), claims());
    }
    let hour = at(3600).timestamp();
    invalid(world.header(), with(claims(), "iat", json!(hour)));
    invalid(world.header(), with(claims(), "nbf", json!(hour)));
    for name in ["iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"] {
        invalid(world.header(), without(claims(), name));
        invalid(world.header(), with(claims(), name, json!(null)));
        invalid(world.header(), with(claims(), name, json!("other")));
    }
    for name in ["iss", "aud"] {
        invalid(world.header(), with(claims(), name, json!([claims()[name], "other"])));
        invalid(world.header(), with(claims(), name, json!([claims()[name]])));
    }
    for name in ["iat", "nbf", "exp"] {
        let exact = claims()[name].as_i64().unwrap();
        invalid(world.header(), with(claims(), name, json!(exact as f64 + 0.5)));
        invalid(world.header(), with(claims(), name, json!(exact.to_string())));
    }
    invalid(world.header(), with(claims(), "exp", json!(at(601).timestamp())));
    invalid(world.header(), with(claims(), "exp", json!(i64::MAX)));
    invalid(world.header(), with(claims(), "role", json!("admin")));
    let ahead = with(with(claims(), "iat", json!(at(6).timestamp())), "exp", json!(at(606).timestamp()));
    assert_eq!(world.judge(&world.signed(&world.header(), &ahead)), Ok(OURS), "five seconds ahead");
    assert_eq!(world.tokens.verify(&world.signed(&world.header(), &ahead), at(0)), Err(TokenError::Invalid));
}

#[test]
fn s_07_ids_are_uuids() {
    let world = world();
    let ids = [
        "",
        "1",
        "alice",
        "11111111111141118111111111111111",
        "urn:uuid:11111111-1111-4111-8111-111111111111",
    ];
    for name in ["sub", "sid", "jti"] {
        for id in ids {
            let token = world.signed(&world.header(), &with(claims(), name, json!(id)));
            assert_eq!(world.judge(&token), Err(TokenError::Invalid), "{name} {id}");
        }
    }
}

#[test]
fn s_08_any_changed_byte_is_invalid() {
    let world = world_caching(60);
    let token = world.issue();
    assert_eq!(world.judge(&token), Ok(OURS), "so that it is remembered");
    for at in 0..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[at] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(world.judge(&changed), Err(TokenError::Invalid), "byte {at}");
    }
}

#[test]
fn s_11_other_credentials_are_no_access_tokens() {
    let world = world();
    let token = world.issue();
    let others = [
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "mdr1_AAAA",
        "mdt_AAAA",
        &format!("{token}.x"),
        &format!("{token} "),
        &format!("{token}="),
        &token.replace('.', ""),
        &"a".repeat(5000),
        "한.글.자",
    ];
    for other in others {
        assert_eq!(world.judge(other), Err(TokenError::Invalid), "{other}");
    }
    let header = serde_json::to_string(&world.header()).unwrap();
    let twice = header.replacen('{', "{\"typ\":\"at+jwt\",", 1);
    let part = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&claims()).unwrap());
    let forged = world.signed_raw(&URL_SAFE_NO_PAD.encode(twice), &part);
    assert_eq!(world.judge(&forged), Err(TokenError::Invalid), "a repeated member");
}

#[test]
fn auth_18_rotation_keeps_tokens_until_their_key_is_removed() {
    let world = world_caching(60);
    let token = world.issue();
    let second = json!({"kid": "second", "alg": "EdDSA", "private": URL_SAFE_NO_PAD.encode([0xbb; 32]), "state": "next"});
    let change = |edit: &dyn Fn(&mut Value)| {
        edit_keys(&world.folder, edit).unwrap();
        world.ring.reload().unwrap();
    };
    change(&|keys| keys["signing"].as_array_mut().unwrap().push(second.clone()));
    assert_eq!(world.ring.current().public_keys().len(), 2);
    assert_eq!(world.judge(&token), Ok(OURS));
    change(&|keys| {
        keys["signing"][0]["state"] = json!("retired");
        keys["signing"][1]["state"] = json!("active");
    });
    assert_eq!(world.judge(&token), Ok(OURS));
    let newer = world.issue();
    change(&|keys| drop(keys["signing"].as_array_mut().unwrap().remove(0)));
    assert_eq!(world.judge(&token), Err(TokenError::Invalid), "although it had been verified before");
    assert_eq!(world.judge(&newer), Ok(OURS));
}

#[test]
fn nothing_prints_a_token() {
    let world = world();
    let issued = world.tokens.issue(&moment(0), USER, SESSION).unwrap();
    assert!(!format!("{issued:?} {:?}", world.tokens).contains(&issued.token));
}

proptest! {
    #[test]
    fn s_08_the_parser_takes_anything(text in ".{0,200}") {
        prop_assert_eq!(world().judge(&text), Err(TokenError::Invalid));
    }
}
