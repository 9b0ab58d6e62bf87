//! Whatever is wrong with a request, the answer is a problem with the code of the first failing step.

use madang_harness::{Campus, Config, Kind, Server};
use serde_json::json;

fn server() -> Server {
    Server::start(Kind::Sqlite, Config::default())
}

#[test]
fn s_52_bodies_are_json_and_nothing_else() {
    let client = server();
    let client = client.client();
    let body = r#"{"username":"user1","password":"x"}"#;
    for kind in ["application/x-www-form-urlencoded", "multipart/form-data; boundary=a", "text/plain"] {
        client.call("POST", "/auth/login").body(kind, body).send().refused(415, "unsupported_media_type");
    }
    client
        .call("POST", "/auth/login")
        .body("application/x+json", body)
        .send()
        .refused(415, "unsupported_media_type");
    client.call("POST", "/auth/login").untyped_body(body).send().refused(415, "unsupported_media_type");
    client
        .call("POST", "/auth/login")
        .body("application/json; charset=utf-8", body)
        .send()
        .refused(401, "invalid_credentials");
}

#[test]
fn s_53_methods_are_what_they_are() {
    let server = server();
    let client = server.client();
    for path in ["/auth/refresh", "/auth/logout"] {
        let answer = client.get(path).refused(405, "method_not_allowed");
        assert_eq!(answer.header("allow"), Some("POST, OPTIONS"));
        client
            .call("GET", path)
            .header("x-http-method-override", "POST")
            .send()
            .refused(405, "method_not_allowed");
    }
}

#[test]
fn s_55_private_resources_show_visitors_nothing_by_any_method() {
    let campus = Campus::open(Kind::Sqlite);
    let post = campus.post(&campus.u1, "Private");
    for path in ["/me", "/posts", &format!("/posts/{post}"), "/boards", "/me/trash", "/auth/sessions"] {
        campus.v.get(path).refused(401, "authentication_required");
        let head = campus.v.call("HEAD", path).send();
        assert_eq!((head.status, head.body.len()), (401, 0), "{path}");
        let options = campus.v.call("OPTIONS", path).send().expect(204);
        assert!(options.header("allow").unwrap().starts_with("GET, HEAD, "), "{path}");
        assert!(options.body.is_empty());
        let trace = campus.v.call("TRACE", path).send().refused(405, "method_not_allowed");
        assert!(trace.header("allow").is_some(), "{path}");
    }
    campus.v.get("/nowhere").refused(404, "not_found");
    campus.v.get("//nowhere").refused(404, "not_found");
    campus.v.get("/users").refused(404, "not_found");
    campus.u1.client.get("/posts/not-an-id").refused(404, "not_found");
    campus.u1.client.delete("/schools").refused(405, "method_not_allowed");
}

#[test]
fn s_67_malformed_bodies_are_refused_before_they_are_read() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/boards/{}/posts", campus.open_board);
    let send = |body: Vec<u8>| campus.u1.client.call("POST", &path).body("application/json", body).send();
    let deep = format!(r#"{{"contents":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
    let malformed: [&[u8]; 8] = [
        b"",
        b"{",
        b"{} {}",
        br#"{"contents":"a","contents":"b"}"#,
        br#"{"contents":"a","content\u0073":"b"}"#,
        b"{\"contents\":\"\xff\"}",
        br#"{"contents":"\ud800"}"#,
        deep.as_bytes(),
    ];
    for body in malformed {
        send(body.to_vec()).refused(400, "malformed_request");
    }
    send(b"[]".to_vec()).refused_at("body");
    send(vec![b' '; 262_145]).refused(413, "payload_too_large");
    send(br#"{"title":"a","contents":"a\u0000b"}"#.to_vec()).refused_field("contents", "invalid");
}

/// Texts far over their limit, and a body of 100 MB: refused by name or by size, and nothing of them is kept.
#[test]
fn s_67_texts_and_bodies_far_over_the_limit_are_refused() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/boards/{}/posts", campus.open_board);
    let u1 = &campus.u1.client;
    let title = "가".repeat(10_000);
    u1.post(&path, json!({ "title": title, "contents": "a" })).refused_field("title", "max_length");
    let contents = "가".repeat(60_000);
    u1.post(&path, json!({ "title": "a", "contents": contents })).refused_field("contents", "max_length");
    let post = campus.post(&campus.u1, "Short");
    u1.patch(&format!("/posts/{post}"), json!({ "title": title })).refused_field("title", "max_length");
    u1.post(&format!("/posts/{post}/comments"), json!({ "contents": title }))
        .refused_field("contents", "max_length");
    u1.patch("/me", json!({ "nickname": title })).refused_field("nickname", "max_length");
    u1.get(&format!("/posts?search={}", "a".repeat(4_000))).refused_field("search", "max_length");
    let huge = vec![b'['; 100 << 20];
    let answer = u1.call("POST", &path).body("application/json", huge).try_send();
    // Whoever goes on sending may miss the answer.
    if let Ok(answer) = answer {
        answer.refused(413, "payload_too_large");
    }
    let listed = u1.get("/posts").expect(200).at("/results");
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["title"], "Short");
}

#[test]
fn s_67_nothing_that_is_sent_anywhere_is_a_fault() {
    let campus = Campus::open(Kind::Sqlite);
    let document = campus.v.get("//openapi.json").expect(200).json();
    let bodies = ["", "null", "[]", "\"\"", "{", "{\"id\":{}}", "{\"a\":[1,2,{\"b\":null}]}"];
    let queries = [
        "",
        "?",
        "?a",
        "?=%00",
        "?limit=%F0",
        "?cursor=AAAA",
        "?ordering=%27%22",
        "?page=99999999999999999999",
    ];
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path.replace("{id}", "01890000-0000-7000-8000-000000000000").replace("{slug}", "%00");
        for method in methods.as_object().unwrap().keys().map(|method| method.to_uppercase()) {
            for query in queries {
                let answer = campus.u1.client.call(&method, &format!("/{path}{query}")).send();
                assert!(answer.status < 500, "{method} {path}{query}: {}", answer.text());
            }
            if method == "GET" || path.contains("logout") {
                continue;
            }
            for body in bodies {
                let answer =
                    campus.u1.client.call(&method, &format!("/{path}")).body("application/json", body).send();
                assert!(answer.status < 500, "{method} {path} {body}: {}", answer.text());
                for inside in ["SELECT", "sqlite", "src/", "madang_", "::"] {
                    assert!(!answer.text().contains(inside), "{method} {path} {body}: {}", answer.text());
                }
            }
        }
    }
}

#[test]
fn s_68_a_request_that_may_be_two_is_refused_and_the_connection_closed() {
    let server = server();
    let client = server.client();
    let head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: madang.test\r\nContent-Type: application/json\r\n";
    let tricks = [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}1",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "X-A: a\r\n b\r\nContent-Length: 2\r\n\r\n{}",
        "Host: other.test\r\nContent-Length: 2\r\n\r\n{}",
    ];
    for trick in tricks {
        let answer = String::from_utf8(client.raw(format!("{head}{trick}").as_bytes()).unwrap()).unwrap();
        assert!(answer.starts_with("HTTP/1.1 400"), "{trick:?}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{trick:?}: {answer}");
    }
}

#[test]
fn s_68_what_is_no_request_is_answered_by_a_bare_status_and_the_connection_closed() {
    let server = server();
    let client = server.client();
    let long = "a".repeat(140_000);
    let many: String = (0..200).map(|n| format!("X-{n}: a\r\n")).collect();
    for (line, status) in [
        ("X-A: \u{1}\r\n", "400"),
        ("X A: a\r\n", "400"),
        (&format!("X-A: {long}\r\n"), "431"),
        (&many, "431"),
    ] {
        let request =
            format!("GET /livez HTTP/1.1\r\nHost: madang.test\r\n{line}\r\nGET /livez HTTP/1.1\r\n");
        let answer = String::from_utf8(client.raw(request.as_bytes()).unwrap()).unwrap();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{answer}");
        assert!(
            answer.to_lowercase().contains("connection: close") && !answer.contains("problem+json"),
            "{answer}"
        );
    }
}

#[test]
fn x_1_steps_are_judged_in_their_order() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/boards/{}/posts", campus.closed_board);
    let bad = json!({ "bogus": 1 });
    // 401 before 400, the caller's state before 400, 400 before 404.
    campus.v.post(&path, bad.clone()).refused(401, "authentication_required");
    campus.g.client.post(&path, bad.clone()).refused(403, "email_unverified");
    campus.u1.client.post(&path, bad.clone()).refused_field("bogus", "unknown_field");
    let nowhere = "/boards/01890000-0000-7000-8000-000000000000/posts";
    campus.u1.client.post(nowhere, bad).refused_field("bogus", "unknown_field");
    campus.u1.client.post(nowhere, json!({ "title": "a", "contents": "b" })).refused(404, "not_found");
    // 415 before 401.
    campus.v.call("POST", &path).body("text/plain", "a").send().refused(415, "unsupported_media_type");
    // A dead session before its bad body.
    let other = campus.u1.log_in();
    other.client.call("POST", "/auth/logout").from_script().send().expect(204);
    other.client.post(&path, json!({ "bogus": 1 })).refused(401, "session_revoked");
}

#[test]
fn x_1_parameters_and_body_are_judged_together() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/boards/{}/posts?dry_run=1", campus.open_board);
    let problem = campus.u1.client.post(&path, json!({ "title": 1, "like_count": 3 })).problem();
    let fields: Vec<_> = problem.errors.iter().map(|(field, code)| (field.as_str(), code.as_str())).collect();
    let expected = [
        ("contents", "required"),
        ("dry_run", "unknown_field"),
        ("like_count", "read_only"),
        ("title", "invalid"),
    ];
    assert_eq!((problem.code.as_str(), fields.as_slice()), ("validation_failed", &expected[..]));
}

#[test]
fn x_1_what_the_framework_refuses_is_a_problem_too() {
    let server = server();
    let client = server.client();
    for (method, path, status, code) in [
        ("POST", "//docs/start.js", 405, "method_not_allowed"),
        ("GET", "//docs/../etc/passwd", 404, "not_found"),
        ("GET", "//docs/secret.js", 404, "not_found"),
        ("GET", "/schools/%ff", 404, "not_found"),
        ("BREW", "/schools", 405, "method_not_allowed"),
    ] {
        let answer = client.call(method, path).header("accept-encoding", "gzip;q=0, identity").send();
        answer.refused(status, code);
        let packed = client.call(method, path).header("accept-encoding", "gzip").send();
        assert_eq!(packed.status, status, "{method} {path}");
        assert_eq!(packed.header("content-type"), Some("application/problem+json"), "{method} {path}");
    }
}

#[test]
fn auth_6_clients_of_another_framework_are_told_what_to_send() {
    let server = server();
    let answer = server.client().call("GET", "/me").header("authorization", "Token abc").send();
    let answer = answer.refused(401, "authentication_required");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    assert!(answer.string("/detail").contains("Bearer"));
}
