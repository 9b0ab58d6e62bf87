//! Whoever reads the whole database cannot log in with anything that stands in it.

use crate::on_both;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use madang_harness::person::{PASSWORD, refresh_with};
use madang_harness::{Campus, Client};
use madang_testkit::look;
use serde_json::json;
use std::collections::BTreeSet;

/// Each value as it stands there, and its bytes in the spellings that tokens have.
fn spellings(value: &str) -> Vec<String> {
    let mut all = vec![value.to_owned()];
    let pairs = value.len() / 2;
    let bytes: Option<Vec<u8>> = (0..pairs)
        .map(|n| value.get(2 * n..2 * n + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect();
    if let Some(bytes) = bytes.filter(|bytes| value.len().is_multiple_of(2) && bytes.len() >= 8) {
        all.push(URL_SAFE_NO_PAD.encode(&bytes));
        all.push(STANDARD.encode(&bytes));
    }
    for token in all.clone() {
        all.push(format!("mdt_{token}"));
    }
    all
}

/// What lets somebody in, if `value` does.
fn opens(client: &Client, username: &str, value: &str) -> Option<&'static str> {
    let plain = value.bytes().all(|byte| byte.is_ascii_graphic() && !b";,\"\\".contains(&byte));
    if plain {
        if client.with_token(value).get("/me").status != 401 {
            return Some("a bearer");
        }
        if refresh_with(client, value).status == 200 {
            return Some("a refresh cookie");
        }
    }
    let posts = [
        ("/auth/refresh", json!({ "refresh_token": value }), "a refresh token"),
        ("/auth/email/verify", json!({ "token": value }), "a link"),
        (
            "/auth/password/reset",
            json!({ "token": value, "new_password": "an0ther-Strong-phrase" }),
            "a reset link",
        ),
        ("/auth/login", json!({ "username": username, "password": value }), "a password"),
    ];
    let device = client.other_device().without_token();
    let opened = posts
        .into_iter()
        .find(|(path, body, _)| device.call("POST", path).from_script().json(body).send().status < 300);
    opened.map(|(_, _, what)| what)
}

on_both! {
    fn s_74_nothing_that_stands_in_the_database_logs_in(kind) {
        let campus = Campus::open(kind);
        campus.post(&campus.u1, "Public");
        let login = json!({ "username": campus.u1.username, "password": PASSWORD, "token_delivery": "body" });
        campus.v.other_device().post("/auth/login", login).expect(200);
        campus.u2.refresh().expect(200);
        campus.u1.client.post("/leads", json!({ "name": "Park", "email": "p@firm.test" })).expect(201);
        // Mails that cannot leave: their links wait in the outbox.
        let mails = campus.server.data_dir().join("mail");
        std::fs::remove_dir_all(&mails).unwrap();
        std::fs::write(&mails, "in the way").unwrap();
        campus.g.client.call("POST", "/auth/email/resend").send().expect(202);
        campus.v.post("/auth/password/forgot", json!({ "email": campus.u1.email })).expect(202);

        let cells = look::dump(&campus.server.database_url());
        for (table, column) in [("users", "password_hash"), ("sessions", "nonce"), ("one_time_links", "secret_sha256"), ("outbox", "secret")] {
            assert!(cells.iter().any(|cell| cell.table == table && cell.column == column), "{table}.{column} is there");
        }
        assert!(!cells.iter().any(|cell| cell.value.contains(PASSWORD)));
        let values: BTreeSet<&str> = cells.iter().map(|cell| cell.value.as_str()).filter(|value| value.len() >= 6).collect();
        let mut found = Vec::new();
        for value in values {
            for spelling in spellings(value) {
                if let Some(what) = opens(&campus.v, &campus.u1.username, &spelling) {
                    let cell = cells.iter().find(|cell| cell.value == value).unwrap();
                    found.push(format!("{}.{} is {what}", cell.table, cell.column));
                }
            }
        }
        assert!(found.is_empty(), "{found:#?}");
        campus.u1.log_in();
    }
}
