//! One process per SQLite file.

use crate::program::Place;

const ADMIN: [&str; 11] = [
    "admin",
    "create",
    "--username",
    "keeper",
    "--email",
    "keeper@hanbit.test",
    "--nickname",
    "지기",
    "--school",
    "한빛대학교",
    "--password-stdin",
];

#[test]
fn a_second_server_says_who_holds_the_file() {
    let place = Place::new();
    let server = place.serve(&[]);
    let holder = format!("process {} (madang serve)", server.id());
    place.run(&["serve", "--bind", "127.0.0.1:0"]).refused(1, &[&holder]);
    let alone = [&["migrate"][..], &["migrate", "--status"], &["seed", "--demo"], &["doctor", "--repair"]];
    for command in alone {
        place.run(command).refused(1, &[&holder]);
    }
    assert_eq!(server.get("/livez").0, 200);
}

#[test]
fn the_lock_of_a_killed_server_is_free() {
    let place = Place::new();
    let server = place.serve(&[]);
    assert_eq!(server.end("KILL"), None);
    assert_eq!(place.serve(&[]).get("/readyz").0, 200);
}

#[test]
fn admins_and_tokens_are_made_beside_a_running_server() {
    let place = Place::new();
    let server = place.serve(&[]);
    place.feed(&ADMIN, "a-quiet-yard-at-noon\n").ended(0);
    let printed = place.run(&["token", "keeper"]).ended(0);
    let (token, curl) = printed.trim_end().split_once('\n').unwrap();
    assert!(
        curl.starts_with("curl ")
            && curl.contains(token)
            && curl.contains(server.addr.strip_prefix("127.0.0.1").unwrap()),
        "{curl}"
    );
    let (status, body) =
        server.ask(&format!("GET /api/v1/me HTTP/1.1\r\nAuthorization: Bearer {token}\r\nX:"), "");
    assert_eq!(status, 200, "{body}");
    assert!(body.contains(r#""username":"keeper""#) && body.contains(r#""role":"admin""#), "{body}");
}

#[test]
fn admins_are_refused_with_the_flag_at_fault() {
    let place = Place::new();
    place.feed(&ADMIN, "short\n").refused(2, &["--password"]);
    place.feed(&ADMIN, "password1234\n").refused(2, &["--password", "guess"]);
    let mut reserved = ADMIN;
    reserved[7] = "관리자";
    place.feed(&reserved, "a-quiet-yard-at-noon\n").refused(2, &["--nickname"]);
    assert!(!place.data().exists());
    place.feed(&ADMIN, "a-quiet-yard-at-noon\n").ended(0);
    place.feed(&ADMIN, "a-quiet-yard-at-noon\n").refused(1, &["--username", "--nickname", "--email"]);
    place.run(&["token", "nobody"]).refused(1, &["nobody"]);
    let mut asked = ADMIN[..10].to_vec();
    asked[3] = "other";
    place.run(&asked).refused(2, &["--password-stdin"]);
}
