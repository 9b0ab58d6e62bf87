//! S-01, S-02, S-28: what a login answers.

use madang_harness::person::{PASSWORD, REFRESH_COOKIE, refresh, refresh_with};
use madang_harness::{Campus, Kind, Response};
use serde_json::json;
use std::collections::BTreeSet;

fn refresh_cookies(answer: &Response) -> Vec<String> {
    let prefix = format!("{REFRESH_COOKIE}=");
    answer.all("set-cookie").filter(|cookie| cookie.starts_with(&prefix)).map(str::to_owned).collect()
}

#[test]
fn s_01_login_answers_the_token_and_sets_one_strict_cookie() {
    let campus = Campus::open(Kind::Sqlite);
    let (_, answer) = campus.u1.try_log_in(PASSWORD);
    let answer = answer.expect(200);
    let body = answer.json();
    let fields: BTreeSet<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, ["access_token", "expires_in", "refresh_token", "token_type", "user"].into());
    assert_eq!(body["refresh_token"], json!(null));
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["expires_in"], 600);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let cookies = refresh_cookies(&answer);
    assert_eq!(cookies.len(), 1, "{cookies:?}");
    let attributes: Vec<&str> = cookies[0].split(';').skip(1).map(str::trim).collect();
    for wanted in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(attributes.contains(&wanted), "{wanted} in {attributes:?}");
    }
    assert!(!attributes.iter().any(|attribute| attribute.to_ascii_lowercase().starts_with("domain")));
}

#[test]
fn s_02_a_body_client_gets_its_refresh_token_in_the_body_alone() {
    let campus = Campus::open(Kind::Sqlite);
    let client = campus.u1.client.other_device().without_token();
    let login = json!({ "username": campus.u1.username, "password": PASSWORD, "token_delivery": "body" });
    let answer = client.post("/auth/login", login).expect(200);
    assert!(refresh_cookies(&answer).is_empty());
    let first = answer.string("/refresh_token");

    let answer = client.post("/auth/refresh", json!({ "refresh_token": first })).expect(200);
    assert!(refresh_cookies(&answer).is_empty());
    let second = answer.string("/refresh_token");
    assert_ne!(first, second);

    refresh_with(&client, &second).refused(401, "refresh_invalid");
    let both = campus.u1.client.without_token();
    let both = both.call("POST", "/auth/refresh").from_script().json(&json!({ "refresh_token": second }));
    both.send().refused(400, "malformed_request");
}

#[test]
fn s_28_a_login_ends_the_session_that_the_browser_had() {
    let campus = Campus::open(Kind::Sqlite);
    let before = campus.u1.log_in();
    let old_refresh = before.refresh_value();
    let login = json!({ "username": campus.u1.username, "password": PASSWORD });
    let after = before.client.without_token().post("/auth/login", login).expect(200);
    before.client.get("/me").refused(401, "session_revoked");
    refresh_with(&campus.v, &old_refresh).refused(401, "refresh_invalid");
    before.client.with_token(after.string("/access_token")).get("/me").expect(200);
    refresh(&before.client).expect(200);
}
