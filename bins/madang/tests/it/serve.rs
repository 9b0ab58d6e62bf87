//! The server as a process.

use crate::program::Place;
use std::net::TcpListener;
use std::time::Duration;

#[test]
fn an_empty_directory_is_enough() {
    let place = Place::new();
    let server = place.serve(&[]);
    // A release build takes a fraction of this.
    assert!(server.took < Duration::from_secs(5), "{:?}", server.took);
    assert_eq!(server.get("/livez"), (200, r#"{"status":"ok"}"#.to_owned()));
    let (status, body) = server.get("/readyz");
    assert_eq!(status, 200, "{body}");
    for check in ["database", "disk", "migrations"] {
        assert!(body.contains(&format!(r#""{check}":"ok""#)), "{body}");
    }
    for name in ["madang.sqlite3", "keys.json", "lock"] {
        assert!(place.data().join(name).is_file(), "{name}");
    }
}

#[test]
fn a_signal_ends_it_with_success() {
    for signal in ["TERM", "INT"] {
        let place = Place::new();
        let server = place.serve(&[]);
        assert_eq!(server.get("/livez").0, 200);
        assert_eq!(server.end(signal), Some(0), "{signal}");
        // The log of the database has been moved into it.
        assert!(!place.data().join("madang.sqlite3-wal").exists());
    }
}

#[test]
fn auth_18_a_hang_up_reads_the_keys_again() {
    let place = Place::new();
    let server = place.serve(&[]);
    let jwks = "/.well-known/jwks.json";
    let (status, before) = server.get(jwks);
    assert_eq!(status, 200, "{before}");
    let keys = place.data().join("keys.json");
    let mut content: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&keys).unwrap()).unwrap();
    let mut next = content["signing"][0].clone();
    next["kid"] = "after".into();
    next["private"] = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE".into();
    next["state"] = "next".into();
    content["signing"].as_array_mut().unwrap().push(next);
    std::fs::write(&keys, content.to_string()).unwrap();
    server.signal("HUP");
    let found = (0..50).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        server.get(jwks).1.contains(r#""after""#)
    });
    assert!(found, "{}", server.get(jwks).1);

    std::fs::write(&keys, "{}").unwrap();
    server.signal("HUP");
    std::thread::sleep(Duration::from_millis(200));
    assert!(server.get(jwks).1.contains(r#""after""#), "a refused file changes nothing");
}

#[test]
fn a_taken_port_is_named() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    place.run(&["serve", "--bind", &addr]).refused(1, &["http.bind", &addr]);
}

#[test]
fn metrics_have_a_listener_of_their_own() {
    let place = Place::new();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut server = place.serve(&[("MADANG_METRICS__BIND", &free)]);
    assert_eq!(server.get("/livez").0, 200);
    assert_eq!(server.get("/metrics").0, 404, "not beside the API");
    server.addr = free;
    let (status, body) = server.get("/metrics");
    assert_eq!(status, 200);
    assert!(body.contains("http_requests_total") && body.contains(r#"route="/livez""#), "{body}");
}
