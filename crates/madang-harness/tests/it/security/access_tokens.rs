//! S-03 to S-13: what is an access token, and what is not.

use crate::forge::{Forge, claims_of, encode, with};
use crate::on_both;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use madang_harness::person::{PASSWORD, REFRESH_COOKIE, refresh_with};
use madang_harness::{Campus, Client, Kind};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::time::Duration;

#[track_caller]
fn invalid(client: &Client, token: &str) {
    let answer = client.with_token(token).get("/me").refused(401, "invalid_token");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
}

on_both! {
    fn auth_4_an_access_token_says_who_and_until_when_in_json_alone(kind) {
        let campus = Campus::open(kind);
        let (client, answer) = campus.u1.try_log_in(PASSWORD);
        let token = answer.clone().expect(200).string("/access_token");
        assert_eq!((answer.at("/token_type"), answer.at("/expires_in")), (json!("Bearer"), json!(600)));
        assert!(answer.headers.iter().all(|(_, value)| !value.contains(&token)));
        let part = |n: usize| -> Value {
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(n).unwrap()).unwrap()).unwrap()
        };
        assert_eq!(part(0), Forge::of(&campus.server).header());
        let claims = part(1);
        let mut names: Vec<_> = claims.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["aud", "exp", "iat", "iss", "jti", "nbf", "sid", "sub"]);
        assert_eq!(claims["sub"], json!(campus.u1.id));
        assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 600);
        let client = client.with_token(token);
        campus.server.clock().advance(Duration::from_secs(595));
        client.get("/me").expect(200);
        // No leeway.
        campus.server.clock().advance(Duration::from_secs(5));
        client.get("/me").refused(401, "token_expired");
    }
}

#[test]
fn s_03_a_token_without_signature_is_refused_whatever_it_calls_its_algorithm() {
    let campus = Campus::open(Kind::Sqlite);
    let forge = Forge::of(&campus.server);
    let token = campus.u1.client.token().unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let claims = signed.split_once('.').unwrap().1;
    for alg in ["none", "None", "nOnE"] {
        let header = encode(&with(&forge.header(), "alg", Some(json!(alg))));
        for signature in ["", signature] {
            invalid(&campus.v, &format!("{header}.{claims}.{signature}"));
        }
    }
}

#[test]
fn s_04_a_key_id_that_is_not_ours_is_refused() {
    let campus = Campus::open(Kind::Sqlite);
    let forge = Forge::of(&campus.server);
    let claims = claims_of(campus.u1.client.token().unwrap());
    let kids = [
        None,
        Some(json!("unknown")),
        Some(json!("../../dev/null")),
        Some(json!("' OR 1=1")),
        Some(json!(["a"])),
        Some(json!("k".repeat(10_000))),
    ];
    for kid in kids {
        invalid(&campus.v, &forge.sign(&with(&forge.header(), "kid", kid), &claims));
    }
    campus.v.with_token(forge.claims(&claims)).get("/me").expect(200);
}

#[test]
fn s_05_a_key_that_comes_with_the_token_is_neither_believed_nor_fetched() {
    let campus = Campus::open(Kind::Sqlite);
    let forge = Forge::foreign(&campus.server);
    let claims = claims_of(campus.u1.client.token().unwrap());
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let url = format!("http://{}/keys", trap.local_addr().unwrap());
    let keys = [("jwk", forge.jwk()), ("jku", json!(url)), ("x5u", json!(url)), ("x5c", json!(["MIIB"]))];
    for (name, value) in keys {
        invalid(&campus.v, &forge.sign(&with(&forge.header(), name, Some(value)), &claims));
    }
    std::thread::sleep(Duration::from_millis(100));
    assert!(trap.accept().is_err(), "the server called the address of a token");
}

#[test]
fn s_06_auth_4_every_claim_and_the_type_are_demanded() {
    let campus = Campus::open(Kind::Sqlite);
    let forge = Forge::of(&campus.server);
    let claims = claims_of(campus.u1.client.token().unwrap());
    for typ in [None, Some(json!("JWT")), Some(json!("rt+jwt"))] {
        invalid(&campus.v, &forge.sign(&with(&forge.header(), "typ", typ), &claims));
    }
    invalid(&campus.v, &forge.sign(&with(&forge.header(), "crit", Some(json!(["exp"]))), &claims));
    let later = claims["iat"].as_i64().unwrap() + 3600;
    let audience = claims["aud"].clone();
    let changed = [
        ("iat", Some(json!(later))),
        ("nbf", Some(json!(later))),
        ("iat", None),
        ("jti", None),
        ("sid", None),
        ("iss", Some(json!("https://elsewhere.test"))),
        ("iss", None),
        ("iss", Some(json!([claims["iss"], "https://elsewhere.test"]))),
        ("aud", Some(json!("elsewhere"))),
        ("aud", None),
        ("aud", Some(json!([audience, "elsewhere"]))),
        ("aud", Some(json!([audience]))),
    ];
    for (name, value) in changed {
        invalid(&campus.v, &forge.claims(&with(&claims, name, value)));
    }
}

#[test]
fn s_07_a_token_of_nobody_or_of_anothers_session_is_refused() {
    let campus = Campus::open(Kind::Sqlite);
    let forge = Forge::of(&campus.server);
    let claims = claims_of(campus.u1.client.token().unwrap());
    let others_session = claims_of(campus.u2.client.token().unwrap())["sid"].clone();
    let unknown: Value = json!("00000000-0000-4000-8000-000000000000");
    let changed = [
        ("sub", json!("nobody")),
        ("sub", unknown.clone()),
        ("sid", unknown),
        ("sid", others_session),
        ("sid", json!("x")),
    ];
    for (name, value) in changed {
        invalid(&campus.v, &forge.claims(&with(&claims, name, Some(value))));
    }
}

#[test]
fn s_08_every_byte_of_a_token_counts() {
    let campus = Campus::open(Kind::Sqlite);
    let token = campus.u1.client.token().unwrap();
    for at in 0..token.len() {
        let mut bytes = token.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        invalid(&campus.v, std::str::from_utf8(&bytes).unwrap());
    }
    campus.u1.client.get("/me").expect(200);
}

#[test]
fn s_09_a_token_counts_in_its_header_alone() {
    let campus = Campus::open(Kind::Sqlite);
    let token = campus.u1.client.token().unwrap();
    for name in ["token", "access_token"] {
        campus.v.get(&format!("/me?{name}={token}")).refused(401, "authentication_required");
        let cookie = format!("{name}={token}; {REFRESH_COOKIE}={token}");
        campus.v.call("GET", "/me").header("cookie", &cookie).send().refused(401, "authentication_required");
    }
}

#[test]
fn s_10_the_authorization_header_is_read_strictly() {
    let campus = Campus::open(Kind::Sqlite);
    let bearer = format!("Bearer {}", campus.u1.client.token().unwrap());
    let with = |value: &str| campus.v.call("GET", "/me").header("authorization", value).send();
    let twice = campus.v.call("GET", "/me").header("authorization", &bearer).header("authorization", &bearer);
    twice.send().refused(400, "malformed_request");
    for value in ["Basic dTpw", "", "Bearer", "Bearer ", "Token abc"] {
        with(value).refused(401, "authentication_required");
    }
    assert_eq!(with("Bearer a b").status, 401);
    with(&bearer.replace("Bearer", "bearer")).expect(200);
}

#[test]
fn s_11_no_kind_of_secret_works_as_another() {
    let campus = Campus::open(Kind::Sqlite);
    invalid(&campus.v, &campus.u1.refresh_value());
    invalid(&campus.v, &campus.server.mailbox().secret(&campus.g.email, 1));
    refresh_with(&campus.v, campus.u1.client.token().unwrap()).refused(401, "refresh_invalid");
    let personal = format!("mdt_{}", "A".repeat(43));
    refresh_with(&campus.v, &personal).refused(401, "refresh_invalid");
}

#[test]
fn s_12_an_expired_token_is_not_renewed_by_a_cookie() {
    let campus = Campus::open(Kind::Sqlite);
    campus.server.clock().advance(Duration::from_secs(601));
    let answer = campus.u1.client.get("/me").refused(401, "token_expired");
    assert_eq!(answer.header("set-cookie"), None);
    campus.u1.refresh().expect(200);
}

#[test]
fn s_13_published_keys_hold_no_secret() {
    let campus = Campus::open(Kind::Sqlite);
    let answer = campus.v.get("//.well-known/jwks.json").expect(200);
    let keys = answer.at("/keys");
    let keys = keys.as_array().unwrap();
    assert!(!keys.is_empty());
    for key in keys {
        for secret in ["d", "k", "p", "q"] {
            assert_eq!(key.get(secret), None);
        }
        for part in ["kty", "crv", "x", "kid", "alg", "use"] {
            assert!(key[part].is_string(), "{part} of {key}");
        }
    }
    let refused = campus.v.call("POST", "//.well-known/jwks.json").send().refused(405, "method_not_allowed");
    assert!(refused.header("allow").unwrap().contains("GET"));
}
