//! Exports of one's own data.

use crate::on_both;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Client, Config, Response};
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};
use zip::ZipArchive;

const DAY: Duration = Duration::from_secs(24 * 3600);

fn ask(client: &Client) -> Response {
    client.post("/me/exports", json!({ "password": PASSWORD }))
}

/// The path of the export of `client` once it is made.
pub(crate) fn made(client: &Client) -> String {
    let path = format!("/me/exports/{}", ask(client).expect(202).string("/id"));
    let begun = Instant::now();
    while client.get(&path).expect(200).at("/status") == json!("running") {
        assert!(begun.elapsed() < Duration::from_secs(10), "made in time");
        std::thread::sleep(Duration::from_millis(20));
    }
    path
}

/// What stands in each file of the archive.
pub(crate) fn unpack(bytes: &[u8]) -> Vec<(String, Value, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|n| {
            let mut file = archive.by_index(n).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (name, serde_json::from_str(&text).unwrap(), text)
        })
        .collect()
}

on_both! {
    fn acc_23_an_export_holds_ones_own_data_and_nothing_about_others(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let board = format!("/boards/{}/posts", campus.open_board);
        let body = json!({ "title": "Mine", "contents": "What I wrote", "is_anonymous": true });
        campus.u1.client.post(&board, body).expect(201);
        let theirs = campus.u2.client.post(&board, json!({ "title": "Theirs", "contents": "Foreign words" })).expect(201).string("/id");
        campus.comment(&campus.u1, &theirs, "What I answered");
        // What lies in the trash is not among it, whether it had a name or not.
        for anonymous in [false, true] {
            let text = json!({ "contents": format!("Trashed {anonymous}"), "is_anonymous": anonymous });
            let post = campus.u1.client.post(&board, text.clone()).expect(201).string("/id");
            let comment = campus.u1.client.post(&format!("/posts/{theirs}/comments"), text).expect(201).string("/id");
            campus.u1.client.delete(&format!("/posts/{post}")).expect(204);
            campus.u1.client.delete(&format!("/comments/{comment}")).expect(204);
        }
        campus.comment(&campus.u2, &theirs, "Foreign answer");
        campus.u1.client.call("POST", &format!("/posts/{theirs}/likes")).send().expect(201);
        let comment = campus.comment(&campus.u2, &theirs, "What another answered");
        campus.u1.client.call("POST", &format!("/comments/{comment}/likes")).send().expect(201);
        campus.u1.client.post("/leads", json!({ "name": "Park", "email": "p@firm.test" })).expect(201);
        campus.u2.client.post("/leads", json!({ "name": "Foreign lead", "email": "q@firm.test" })).expect(201);

        let path = made(&campus.u1.client);
        let ready = campus.u1.client.get(&path).expect(200);
        assert_eq!(ready.at("/status"), "ready");
        let file = campus.u1.client.get(&format!("{path}/file")).expect(200);
        assert_eq!(file.header("content-type"), Some("application/zip"));
        assert_eq!(file.header("cache-control"), Some("no-store"));
        assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
        assert_eq!(ready.at("/bytes"), json!(file.body.len()));
        let files = unpack(&file.body);
        let of = |name: &str| files.iter().find(|(found, ..)| found == name).unwrap().1.clone();
        assert_eq!(of("profile.json")[0]["email"], json!(campus.u1.email));
        assert_eq!((&of("posts.json")[0]["contents"], &of("posts.json")[0]["is_anonymous"]), (&json!("What I wrote"), &json!(true)));
        assert_eq!(of("comments.json")[0]["contents"], "What I answered");
        assert_eq!(of("likes.json")[0]["post_id"], json!(theirs));
        assert_eq!(of("comment_likes.json")[0]["comment_id"], json!(comment));
        assert_eq!(of("leads.json")[0]["name"], "Park");
        for (name, _, text) in &files {
            for foreign in ["Trashed", "Foreign", "Theirs", "user2", campus.u2.id.as_str(), "$2b$", "password"] {
                assert!(!text.contains(foreign), "{foreign} in {name}");
            }
        }

        for other in [&campus.u2, &campus.moderator, &campus.admin] {
            other.client.get(&path).refused(404, "not_found");
            other.client.get(&format!("{path}/file")).refused(404, "not_found");
        }
        let files: Vec<_> = std::fs::read_dir(campus.server.data_dir().join("exports")).unwrap().flatten().collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert!(!files[0].file_name().to_string_lossy().contains(&campus.u1.id));
    }
}

on_both! {
    fn acc_23_one_export_a_day_and_its_file_lives_seven(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        campus.u1.client.post("/me/exports", json!({ "password": "wrong" })).refused(403, "reauthentication_failed");
        campus.v.post("/me/exports", json!({ "password": PASSWORD })).refused(401, "authentication_required");
        let path = made(&campus.u1.client);
        ask(&campus.u1.client).refused(409, "limit_reached");
        campus.server.clock().advance(DAY);
        let next = campus.u1.log_in();
        ask(&next.client).expect(202);
        next.client.get(&format!("{path}/file")).expect(200);
        campus.server.clock().advance(6 * DAY + Duration::from_secs(60));
        let later = campus.u1.log_in();
        assert_eq!(later.client.get(&path).expect(200).at("/status"), "expired");
        later.client.get(&format!("{path}/file")).refused(409, "not_ready");
        let folder = campus.server.data_dir().join("exports");
        let begun = Instant::now();
        while std::fs::read_dir(&folder).unwrap().count() > 1 {
            assert!(begun.elapsed() < Duration::from_secs(10), "swept in time");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn acc_23_an_export_that_is_not_made_yet_has_no_file() {
    let campus =
        Campus::with(madang_harness::Kind::Sqlite, Config::default().with("jobs.interval_seconds", 3600));
    let id = ask(&campus.u1.client).expect(202).string("/id");
    campus.u1.client.get(&format!("/me/exports/{id}/file")).refused(409, "not_ready");
    assert_eq!(campus.u1.client.get(&format!("/me/exports/{id}")).expect(200).at("/status"), "running");
}
