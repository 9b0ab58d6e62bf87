//! What every answer carries, whoever asks and however.

use madang_harness::{Campus, Config, Kind, Server};
use serde_json::json;

#[test]
fn s_54_other_origins_are_allowed_by_name_alone() {
    let config = Config::default().with("http.allowed_origins", vec!["https://app.test"]);
    let server = Server::start(Kind::Sqlite, config);
    let client = server.client();
    let preflight = |origin: &str| {
        client
            .call("OPTIONS", "/posts")
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header(
                "access-control-request-headers",
                "authorization, content-type, idempotency-key, if-match",
            )
            .send()
    };
    let listed = preflight("https://app.test");
    assert_eq!(listed.header("access-control-allow-origin"), Some("https://app.test"));
    assert_eq!(listed.header("access-control-allow-credentials"), Some("true"));
    assert!(listed.status < 300);
    for foreign in ["https://evil.test", "null", "https://app.test.evil.test", "http://app.test"] {
        assert_eq!(preflight(foreign).header("access-control-allow-origin"), None, "{foreign}");
        let plain = client.call("GET", "/schools").header("origin", foreign).send();
        assert_eq!(plain.header("access-control-allow-origin"), None, "{foreign}");
    }
    let simple = client.call("GET", "/schools").header("origin", "https://app.test").send().expect(200);
    assert_eq!(simple.header("access-control-allow-origin"), Some("https://app.test"));
    assert!(simple.header("access-control-expose-headers").unwrap().contains("etag"));
}

#[test]
fn s_69_every_answer_protects_itself() {
    let campus = Campus::open(Kind::Sqlite);
    let u1 = &campus.u1.client;
    let post = campus.post(&campus.u1, "Headers");
    let answers = [
        campus.v.get("//livez"),
        campus.v.get("//docs"),
        campus.v.get("//docs/start.js"),
        campus.v.get("//problems/not-found"),
        campus.v.get("//openapi.json"),
        campus.v.get("/schools"),
        campus.v.get("/me"),
        campus.v.get("/nowhere"),
        campus.v.delete("/schools"),
        campus.v.call("OPTIONS", "/posts").send(),
        u1.get("/me"),
        u1.get(&format!("/posts/{post}")),
        u1.delete(&format!("/posts/{post}")),
    ];
    for answer in answers {
        let name = format!("{} {}", answer.status, answer.text());
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{name}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{name}");
        assert!(answer.header("content-security-policy").unwrap().contains("default-src 'none'"), "{name}");
        assert!(answer.header("strict-transport-security").unwrap().starts_with("max-age="), "{name}");
        assert_eq!(answer.header("x-request-id").unwrap().len(), 36, "{name}");
        assert_eq!(answer.all("cache-control").count(), 1, "{name}");
    }
}

#[test]
fn s_69_private_answers_are_private_and_tokens_are_not_kept() {
    let campus = Campus::open(Kind::Sqlite);
    let u1 = &campus.u1.client;
    for path in ["/me", "/posts", "/boards"] {
        let answer = u1.call("GET", path).header("accept-encoding", "gzip").send().expect(200);
        assert_eq!(answer.header("cache-control"), Some("private, no-cache"), "{path}");
        assert!(answer.header("vary").unwrap().starts_with("Authorization, Accept-Language"), "{path}");
    }
    let (_, answer) = campus.u1.try_log_in(madang_harness::person::PASSWORD);
    assert_eq!(answer.expect(200).header("cache-control"), Some("no-store"));
    let login = json!({ "username": campus.u1.username, "password": madang_harness::person::PASSWORD });
    let packed =
        campus.v.call("POST", "/auth/login").header("accept-encoding", "gzip, br").json(&login).send();
    assert_eq!(packed.expect(200).header("content-encoding"), None);
}

#[test]
fn s_69_plain_http_on_the_local_host_pins_nothing() {
    let config = Config::default().without("http.public_url");
    let server = Server::start(Kind::Sqlite, config);
    assert_eq!(server.client().get("/schools").expect(200).header("strict-transport-security"), None);
}

#[test]
fn x_9_head_mirrors_get_and_options_names_the_methods() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/posts/{}", campus.post(&campus.u1, "Mirror"));
    let get = campus.u1.client.get(&path).expect(200);
    let head = campus.u1.client.call("HEAD", &path).send().expect(200);
    assert!(head.body.is_empty());
    let names = |answer: &madang_harness::Response| {
        let mut names: Vec<String> = answer.header_names().into_iter().map(str::to_owned).collect();
        names.sort();
        names
    };
    assert_eq!(names(&get), names(&head));
    for name in ["etag", "content-type", "content-length", "cache-control", "vary"] {
        assert_eq!(get.header(name), head.header(name), "{name}");
    }
    let options = campus.v.call("OPTIONS", &path).send().expect(204);
    assert_eq!(options.header("link"), Some("</openapi.json>; rel=\"service-desc\""));
    let mut allowed: Vec<_> = options.header("allow").unwrap().split(", ").collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH"]);
}

#[test]
fn x_9_a_trailing_slash_and_any_accept_are_welcome() {
    let campus = Campus::open(Kind::Sqlite);
    for path in ["/schools/", "/"] {
        campus.v.get(path).expect(200);
    }
    // One: every other path is none.
    for path in [
        "/schools//",
        "///api/v1/schools",
        "//api//v1/schools",
        "//api/v1//schools",
        "//api/v1/schools//",
        "//livez//",
    ] {
        campus.v.get(path).refused(404, "not_found");
    }
    campus.v.get("//livez/").expect(200);
    campus.v.get("/schools/?page_size=1").expect(200);
    for accept in ["text/html", "application/xml", "image/*;q=0.1", ""] {
        let answer = campus.v.call("GET", "/schools").header("accept", accept).send().expect(200);
        assert_eq!(answer.header("content-type"), Some("application/json"), "{accept}");
    }
}

#[test]
fn x_7_problems_speak_korean_and_english_but_their_codes_do_not() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/boards/{}/posts", campus.open_board);
    let ask = |language: &str| {
        let request = campus.u1.client.call("POST", &path).header("accept-language", language);
        request.json(&json!({})).send().refused_field("contents", "required")
    };
    let (korean, english) = (ask("ko-KR, en;q=0.5"), ask("en"));
    assert_eq!(korean.header("content-language"), Some("ko"));
    assert_eq!(english.header("content-language"), Some("en"));
    assert_eq!(ask("fr").header("content-language"), Some("en"));
    for pointer in ["/title", "/detail", "/errors/0/detail"] {
        assert_ne!(korean.string(pointer), english.string(pointer), "{pointer}");
    }
    for pointer in ["/code", "/type", "/errors/0/code", "/errors/0/field", "/instance"] {
        assert_eq!(korean.string(pointer), english.string(pointer), "{pointer}");
    }
    let page =
        campus.v.call("GET", "//problems/not-found").header("accept-language", "ko").send().expect(200);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    assert!(page.text().contains("lang=\"ko\""));
}

#[test]
fn x_6_limits_are_told_before_they_are_reached() {
    let config = Config::default().with("limits.read_per_minute", 3);
    let server = Server::start(Kind::Sqlite, config);
    let client = server.client();
    let first = client.get("/schools").expect(200);
    assert_eq!(first.header("ratelimit-policy"), Some("\"read\";q=3;w=60"));
    assert!(first.header("ratelimit").unwrap().starts_with("\"read\";r=2;t="));
    client.get("/schools").expect(200);
    client.get("/schools").expect(200);
    let refused = client.get("/schools").refused(429, "rate_limited");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait));
    assert_eq!(refused.at("/retry_after"), wait);
    assert!(refused.header("ratelimit").unwrap().starts_with("\"read\";r=0;t="));
    client.get("//livez").expect(200);
    client.from_address([127, 0, 0, 9]).get("/schools").expect(200);
}
