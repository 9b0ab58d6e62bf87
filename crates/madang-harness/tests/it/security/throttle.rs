//! S-47 to S-50: limits.

use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Client, Config, Kind, Response};
use serde_json::json;

fn login(client: &Client, username: &str, password: &str) -> Response {
    let body = json!({ "username": username, "password": password });
    client.other_device().without_token().post("/auth/login", body)
}

fn strict() -> Config {
    Config::default().with("auth.login_failures", 5)
}

#[test]
fn s_47_the_sixth_try_waits_for_known_and_unknown_names_alike() {
    let campus = Campus::with(Kind::Sqlite, strict());
    // Strangers, who have no cookie of a device that has logged in before.
    for name in ["user1", "nobody"] {
        for _ in 0..5 {
            login(&campus.v, name, "wrong-wrong-wrong").refused(401, "invalid_credentials");
        }
        let answer = login(&campus.v, name, "wrong-wrong-wrong").refused(429, "rate_limited");
        assert!(answer.header("retry-after").unwrap().parse::<u32>().unwrap() >= 1);
        assert!(answer.header("ratelimit").unwrap().contains("r=0"));
        assert!(answer.header("ratelimit-policy").unwrap().contains("q=5"));
    }
    login(&campus.v, "user2", PASSWORD).expect(200);
}

#[test]
fn s_48_forwarding_headers_of_anybody_are_not_believed() {
    let campus = Campus::with(Kind::Sqlite, strict());
    for number in 0..6 {
        let spoof = format!("203.0.113.{number}");
        let mut client = campus.v.other_device();
        for name in ["x-forwarded-for", "x-real-ip"] {
            client = client.with_header(name, &spoof);
        }
        let client = client.with_header("forwarded", &format!("for={spoof}"));
        let answer = login(&client, "user1", "wrong-wrong-wrong");
        assert_eq!(answer.status, if number < 5 { 401 } else { 429 });
    }
}

#[test]
fn s_48_behind_a_proxy_the_rightmost_stranger_is_the_client() {
    let campus = Campus::with(Kind::Sqlite, strict().with("http.trusted_proxies", vec!["127.0.0.1/32"]));
    let from = |chain: &str| campus.v.with_header("x-forwarded-for", chain);
    for number in 0..5 {
        let chain = format!("198.51.100.{number}, 203.0.113.9");
        login(&from(&chain), "user1", "wrong-wrong-wrong").refused(401, "invalid_credentials");
    }
    login(&from("192.0.2.1, 203.0.113.9"), "user1", "wrong-wrong-wrong").refused(429, "rate_limited");
    login(&from("203.0.113.9, 192.0.2.1"), "user1", "wrong-wrong-wrong").refused(401, "invalid_credentials");
}

#[test]
fn s_49_success_resets_the_own_bucket_and_no_other() {
    let campus = Campus::with(Kind::Sqlite, strict());
    let here = campus.v.from_address([127, 0, 0, 1]);
    let there = campus.v.from_address([127, 0, 9, 1]);
    let fail =
        |client: &Client| login(client, "user1", "wrong-wrong-wrong").refused(401, "invalid_credentials");
    for _ in 0..4 {
        fail(&here);
        fail(&there);
    }
    login(&here, "user1", PASSWORD).expect(200);
    for _ in 0..4 {
        fail(&here);
    }
    fail(&there);
    login(&there, "user1", "wrong-wrong-wrong").refused(429, "rate_limited");
    login(&here, "user1", PASSWORD).expect(200);
}

#[test]
fn s_50_one_users_excess_is_not_anothers() {
    let campus = Campus::with(Kind::Sqlite, Config::default().with("limits.write_per_minute", 20));
    let patch = |client: &Client| client.patch("/me", json!({}));
    let refused = (0..40).map(|_| patch(&campus.u1.client)).find(|answer| answer.status != 200).unwrap();
    let refused = refused.refused(429, "rate_limited");
    assert!(refused.header("retry-after").unwrap().parse::<u32>().unwrap() >= 1);
    campus.u1.client.get("/me").expect(200);
    patch(&campus.u2.client).expect(200);
}
