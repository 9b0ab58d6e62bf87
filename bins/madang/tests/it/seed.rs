//! Demonstration data.

use crate::program::Place;

#[test]
fn a_demonstration_is_filled_in_and_logs_in() {
    let place = Place::new();
    let fast = [("MADANG_MODE", "test"), ("MADANG_AUTH__BCRYPT_COST", "4")];
    let printed = place.run_with(&fast, &["seed", "--demo", "--scale", "0.2"]).ended(0);
    assert!(printed.lines().any(|line| line == "haneul  madang-demo-haneul"), "{printed}");
    assert!(printed.lines().any(|line| line == "demoadmin  madang-demo-demoadmin"), "{printed}");

    let server = place.serve(&fast);
    let (status, body) = server.ask(
        "POST /api/v1/auth/login",
        r#"{"username": "noeul", "password": "madang-demo-noeul", "token_delivery": "body"}"#,
    );
    assert_eq!(status, 200, "{body}");
    let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
    let token = answer["access_token"].as_str().unwrap();
    let (status, body) =
        server.ask(&format!("GET /api/v1/posts HTTP/1.1\r\nAuthorization: Bearer {token}\r\nX:"), "");
    assert_eq!(status, 200, "{body}");
    let posts: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert!(!posts["results"].as_array().unwrap().is_empty(), "{body}");
    let talked = posts["results"].as_array().unwrap().iter().any(|post| post["comment_count"] != 0);
    assert!(talked, "{body}");
    let bind = [fast[0], fast[1], ("MADANG_HTTP__BIND", server.addr.as_str())];
    let found = place.run_with(&bind, &["doctor", "--repair"]).ended(0);
    assert!(found.contains("ok    counters"), "{found}");
}

#[test]
fn real_users_are_never_mixed_with_known_passwords() {
    let place = Place::new();
    let fast = [("MADANG_MODE", "test"), ("MADANG_AUTH__BCRYPT_COST", "4")];
    place.run_with(&fast, &["seed", "--demo", "--scale", "0.1"]).ended(0);
    place.run_with(&fast, &["seed", "--demo"]).refused(1, &["holds users", "--data-dir"]);
}
