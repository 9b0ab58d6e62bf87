//! What the operator's guide says about keys, done by hand on a running server.

use crate::program::{Place, Server};
use serde_json::{Value, json};
use std::process::Command;
use std::time::{Duration, Instant};

const FAST: [(&str, &str); 2] = [("MADANG_MODE", "test"), ("MADANG_AUTH__BCRYPT_COST", "4")];

/// A secret as the guide makes one.
fn secret() -> String {
    let made = "head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '='";
    let output = Command::new("sh").args(["-c", made]).output().unwrap();
    let guide = include_str!("../../../../docs/operating.md");
    assert!(guide.contains(made), "the guide's own command");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Changes the keys file, and has the server read it again.
fn edit(place: &Place, server: &Server, change: impl Fn(&mut Value)) {
    let path = place.data().join("keys.json");
    let mut keys: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    change(&mut keys);
    std::fs::write(&path, keys.to_string()).unwrap();
    server.signal("HUP");
}

fn log_in(server: &Server) -> Value {
    let body = json!({ "username": "haneul", "password": "madang-demo-haneul", "token_delivery": "body" });
    let (status, answer) = server.ask("POST /api/v1/auth/login", &body.to_string());
    assert_eq!(status, 200, "{answer}");
    serde_json::from_str(&answer).unwrap()
}

fn me(server: &Server, tokens: &Value) -> u16 {
    let token = tokens["access_token"].as_str().unwrap();
    server.ask(&format!("GET /api/v1/me HTTP/1.1\r\nAuthorization: Bearer {token}\r\nX-Rest:"), "").0
}

fn refresh(server: &Server, tokens: &Value) -> (u16, Value) {
    let body = json!({ "refresh_token": tokens["refresh_token"] });
    let (status, answer) = server.ask("POST /api/v1/auth/refresh", &body.to_string());
    (status, serde_json::from_str(&answer).unwrap())
}

/// Waits until `done`; the signal takes a moment.
fn soon(done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(10), "the keys were not read again");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn demo() -> (Place, Server) {
    let place = Place::new();
    place.run_with(&FAST, &["seed", "--demo", "--scale", "0.1"]).ended(0);
    let server = place.serve(&FAST);
    (place, server)
}

#[test]
fn auth_18_a_signing_key_that_leaked_is_dead_at_once_and_nobody_logs_in_anew() {
    let (place, server) = demo();
    let tokens = log_in(&server);
    assert_eq!(me(&server, &tokens), 200);
    edit(&place, &server, |keys| {
        let new = json!({ "kid": "after-the-leak", "alg": "EdDSA", "private": secret(), "state": "active" });
        keys["signing"] = json!([new]);
    });
    soon(|| me(&server, &tokens) == 401);
    let (status, fresh) = refresh(&server, &tokens);
    assert_eq!(status, 200, "{fresh}");
    assert_eq!(me(&server, &fresh), 200);
}

#[test]
fn auth_18_a_signing_key_is_changed_without_a_single_refusal() {
    let (place, server) = demo();
    let tokens = log_in(&server);
    edit(&place, &server, |keys| {
        let next = json!({ "kid": "next-one", "alg": "EdDSA", "private": secret(), "state": "next" });
        keys["signing"].as_array_mut().unwrap().push(next);
    });
    soon(|| server.get("/.well-known/jwks.json").1.contains("next-one"));
    assert_eq!(me(&server, &tokens), 200);
    edit(&place, &server, |keys| {
        keys["signing"][0]["state"] = json!("retired");
        keys["signing"][1]["state"] = json!("active");
    });
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(me(&server, &tokens), 200);
    assert_eq!(me(&server, &log_in(&server)), 200);
}

#[test]
fn s_19_refresh_secrets_are_changed_or_taken_away() {
    let (place, server) = demo();
    let tokens = log_in(&server);
    edit(&place, &server, |keys| {
        keys["refresh"][0]["state"] = json!("kept");
        let new = json!({ "id": 7, "secret": secret(), "state": "active" });
        keys["refresh"].as_array_mut().unwrap().push(new);
    });
    std::thread::sleep(Duration::from_millis(300));
    let (status, kept) = refresh(&server, &tokens);
    assert_eq!(status, 200, "{kept}");
    edit(&place, &server, |keys| {
        let new = json!({ "id": 8, "secret": secret(), "state": "active" });
        keys["refresh"] = json!([new]);
    });
    soon(|| refresh(&server, &kept).0 == 401);
    assert_eq!(refresh(&server, &log_in(&server)).0, 200);
}

#[test]
fn acc_14_a_login_moves_a_password_to_the_new_pepper() {
    let (place, server) = demo();
    edit(&place, &server, |keys| {
        keys["pepper"][0]["state"] = json!("kept");
        let new = json!({ "version": 2, "secret": secret(), "state": "active" });
        keys["pepper"].as_array_mut().unwrap().push(new);
    });
    std::thread::sleep(Duration::from_millis(300));
    log_in(&server);
    edit(&place, &server, |keys| {
        keys["pepper"].as_array_mut().unwrap().remove(0);
    });
    std::thread::sleep(Duration::from_millis(300));
    log_in(&server);
    let body = json!({ "username": "noeul", "password": "madang-demo-noeul" });
    assert_eq!(server.ask("POST /api/v1/auth/login", &body.to_string()).0, 401, "still under the old one");
}

#[test]
fn a_file_that_is_refused_changes_nothing_and_the_doctor_tells() {
    let (place, server) = demo();
    let tokens = log_in(&server);
    edit(&place, &server, |keys| keys["signing"] = json!([]));
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(me(&server, &tokens), 200);
    let bind = [FAST.as_slice(), &[("MADANG_HTTP__BIND", server.addr.as_str())]].concat();
    let found = place.run_with(&bind, &["doctor"]).ended(1);
    assert!(found.contains("wrong keys: "), "{found}");
}
