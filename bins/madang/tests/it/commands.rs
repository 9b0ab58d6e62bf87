//! Commands that need no server.

use crate::program::Place;

#[test]
fn alone_it_prints_help() {
    let help = Place::new().run(&[]).ended(0);
    assert!(help.contains("Usage: madang"), "{help}");
    for command in [
        "serve",
        "migrate",
        "admin",
        "import",
        "seed",
        "token",
        "openapi",
        "doctor",
        "config",
        "completions",
        "man",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}: {help}");
    }
}

#[test]
fn wrong_use_is_status_two() {
    let place = Place::new();
    for arguments in [&["dance"][..], &["serve", "--dance"], &["seed"], &["migrate", "--down", "x"]] {
        assert_eq!(place.run(arguments).code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn migrations_are_listed_run_and_taken_back() {
    let place = Place::new();
    let listed = place.run(&["migrate", "--status"]).ended(0);
    assert!(
        listed.lines().count() > 3 && listed.lines().all(|line| line.starts_with("pending  ")),
        "{listed}"
    );
    let count = listed.lines().count();
    let run = place.run(&["migrate"]).ended(0);
    assert_eq!(run.lines().filter(|line| line.starts_with("applied  ")).count(), count, "{run}");
    assert_eq!(place.run(&["migrate"]).ended(0), "nothing to do\n");
    assert_eq!(place.run(&["migrate", "--down", "1"]).ended(0).lines().count(), 1);
    let listed = place.run(&["migrate", "--status"]).ended(0);
    assert_eq!(listed.lines().filter(|line| line.starts_with("pending  ")).count(), 1, "{listed}");
}

#[test]
fn the_document_is_the_one_that_is_served() {
    let place = Place::new();
    let printed: serde_json::Value = serde_json::from_str(&place.run(&["openapi"]).ended(0)).unwrap();
    let (status, served) = place.serve(&[]).get("/openapi.json");
    assert_eq!(status, 200);
    assert_eq!(printed, serde_json::from_str::<serde_json::Value>(&served).unwrap());
}

#[test]
fn shells_and_manuals_are_served() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish"] {
        assert!(place.run(&["completions", shell]).ended(0).contains("madang"), "{shell}");
    }
    let manual = place.run(&["man"]).ended(0);
    assert!(manual.contains(".TH madang") && manual.contains("auto\\-migrate"), "{manual}");
}

#[test]
fn the_doctor_tells_findings_and_remedies() {
    let place = Place::new();
    let ran = place.run_with(&[("MADANG_HTTP__BIND", "127.0.0.1:0")], &["doctor"]);
    let found = ran.ended(1);
    assert!(found.contains("wrong directory: ") && found.contains("madang serve makes it"), "{found}");
    assert!(!place.data().exists(), "looking makes nothing");
    let server = place.serve(&[]);
    let found = place.run_with(&[("MADANG_HTTP__BIND", &server.addr)], &["doctor"]).ended(0);
    assert!(found.lines().all(|line| line.starts_with("ok ")), "{found}");
}
