//! The served OpenAPI document, the committed one, and the pages.

use madang_harness::{Config, Kind, Server};
use serde_json::Value;
use std::path::Path;

#[test]
fn openapi_json_is_committed_as_it_is_served() {
    let server = Server::start(Kind::Sqlite, Config::default());
    let served: Value = server.client().get("//openapi.json").expect(200).json();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    let committed: Value = serde_json::from_slice(&std::fs::read(file).expect("openapi.json")).unwrap();
    let (mut served, mut committed) = (served, committed);
    // The one thing that depends on where a server stands.
    for document in [&mut served, &mut committed] {
        document.as_object_mut().unwrap().remove("servers");
    }
    assert!(served == committed, "openapi.json is stale: run `just openapi`");
    assert_eq!(served["openapi"], "3.1.0");
}

#[test]
fn the_documentation_needs_no_other_host() {
    let server = Server::start(Kind::Sqlite, Config::default());
    let mut page = server.client().get("//docs");
    if matches!(page.status, 301..=308) {
        let location = page.header("location").unwrap().to_owned();
        page = server.client().get(&format!("/{location}"));
    }
    let page = page.expect(200);
    assert!(page.header("content-type").unwrap().starts_with("text/html"));
    for outside in ["src=\"http", "href=\"http", "src=\"//", "href=\"//"] {
        assert!(!page.text().contains(outside), "{outside}");
    }
}
