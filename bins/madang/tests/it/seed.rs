//! Demonstration data.

use crate::program::{Place, Server};
use serde_json::Value;

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
    let found = place.run_with(&bind, &["doctor"]).ended(0);
    assert!(found.contains("ok    counters"), "{found}");
}

#[test]
fn real_users_are_never_mixed_with_known_passwords() {
    let place = Place::new();
    let fast = [("MADANG_MODE", "test"), ("MADANG_AUTH__BCRYPT_COST", "4")];
    place.run_with(&fast, &["seed", "--demo", "--scale", "0.1"]).ended(0);
    place.run_with(&fast, &["seed", "--demo"]).refused(1, &["holds users", "--data-dir"]);
}

/// The answer to a reader of the demonstration.
fn get(server: &Server, token: &str, path: &str) -> Value {
    let head = format!("GET /api/v1{path} HTTP/1.1\r\nAuthorization: Bearer {token}\r\nX:");
    let (status, body) = server.ask(&head, "");
    assert_eq!(status, 200, "{path}: {body}");
    serde_json::from_str(&body).unwrap()
}

fn log_in(server: &Server) -> String {
    let body = r#"{"username": "noeul", "password": "madang-demo-noeul", "token_delivery": "body"}"#;
    let (status, body) = server.ask("POST /api/v1/auth/login", body);
    assert_eq!(status, 200, "{body}");
    let answer: Value = serde_json::from_str(&body).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

/// All posts that the reader sees, newest first.
fn posts(server: &Server, token: &str) -> Vec<Value> {
    let (mut path, mut posts) = ("/posts?limit=100".to_owned(), Vec::new());
    loop {
        let page = get(server, token, &path);
        posts.extend(page["results"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next"].as_str() else { return posts };
        path = next.split_once("/api/v1").unwrap().1.to_owned();
    }
}

#[test]
fn a_demonstration_is_a_lively_campus() {
    let place = Place::new();
    let fast = [("MADANG_MODE", "test"), ("MADANG_AUTH__BCRYPT_COST", "4")];
    place.run_with(&fast, &["seed", "--demo", "--scale", "0.5"]).ended(0);
    let server = place.serve(&fast);
    let token = log_in(&server);
    let boards = get(&server, &token, "/boards");
    assert!(boards["results"].as_array().unwrap().len() >= 8, "{boards}");

    let posts = posts(&server, &token);
    let count = |is: &dyn Fn(&Value) -> bool| posts.iter().filter(|post| is(post)).count();
    assert_eq!(posts.len(), 75);
    let mut titles: Vec<_> = posts.iter().map(|post| post["title"].as_str().unwrap()).collect();
    titles.sort_unstable();
    titles.dedup();
    assert!(titles.len() >= 50, "{} titles", titles.len());
    assert!(posts.iter().all(|post| !post["contents"].as_str().unwrap().contains('{')));
    let anonymous = count(&|post| post["is_anonymous"] == true);
    assert!((15..60).contains(&anonymous), "{anonymous} anonymous posts");
    assert!(count(&|post| post["is_question"] == true) >= 5);
    assert!(count(&|post| post["view_count"].as_i64() > Some(0)) >= 70);
    assert!(count(&|post| post["like_count"].as_i64() > Some(0)) >= 20);
    assert!(count(&|post| post["scrap_count"].as_i64() > Some(0)) >= 10);
    let mut days: Vec<_> =
        posts.iter().map(|post| post["created_at"].as_str().unwrap().split_once('T').unwrap().0).collect();
    days.dedup();
    assert!(days.len() >= 28, "{days:?}");

    let pictured: Vec<_> = posts.iter().filter(|post| post["image_count"] != 0).collect();
    assert!(pictured.len() >= 3, "{} posts with pictures", pictured.len());
    let shown = get(&server, &token, &format!("/posts/{}", pictured[0]["id"].as_str().unwrap()));
    assert!(shown["images"][0]["caption"].is_string(), "{shown}");
    let ranked = |list: &str| get(&server, &token, list)["results"].as_array().unwrap().len();
    assert!((3..40).contains(&ranked("/posts/hot?limit=100")));
    assert!(ranked("/posts/best?limit=100") >= 1);

    // Arguments: answers, and more than three people without names in one thread.
    let (mut answers, mut liked, mut most) = (0, 0, 0);
    for post in posts.iter().filter(|post| post["comment_count"].as_i64() > Some(0)) {
        let page = get(&server, &token, &format!("/posts/{}/comments", post["id"].as_str().unwrap()));
        let mut numbers = Vec::new();
        for comment in page["results"].as_array().unwrap() {
            let replies = comment["replies"].as_array().unwrap();
            answers += replies.len();
            for said in replies.iter().chain([comment]) {
                liked += usize::from(said["like_count"].as_i64() > Some(0));
                numbers.extend(said["author"]["number"].as_i64());
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        most = most.max(numbers.len());
    }
    assert!(answers >= 20 && liked >= 20, "{answers} answers, {liked} liked comments");
    assert!(most > 3, "{most} people without names in one thread");
}

#[test]
fn a_demonstration_is_the_same_for_the_same_number() {
    let fast = [("MADANG_MODE", "test"), ("MADANG_AUTH__BCRYPT_COST", "4")];
    let seeded = |number: &str| {
        let place = Place::new();
        place.run_with(&fast, &["seed", "--demo", "--scale", "0.1", "--seed", number]).ended(0);
        let server = place.serve(&fast);
        let posts = posts(&server, &log_in(&server));
        posts
            .into_iter()
            .map(|post| (post["id"].clone(), post["title"].clone(), post["like_count"].clone()))
            .collect::<Vec<_>>()
    };
    let first = seeded("7");
    assert_eq!(first, seeded("7"));
    assert_ne!(first, seeded("8"));
}
