//! What becomes of pictures that nothing uses.

use super::{photo, post_with, try_upload, upload};
use crate::on_both;
use madang_harness::{Campus, Config, Server};
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

const HOUR: Duration = Duration::from_secs(60 * 60);

/// The files of pictures.
pub(crate) fn files(server: &Server) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() { walk(&entry.path(), found) } else { found.push(entry.path()) }
        }
    }
    let mut found = Vec::new();
    walk(&server.data_dir().join("media"), &mut found);
    found
}

/// Waits until the jobs have left this many files.
#[track_caller]
fn wait_for_files(server: &Server, count: usize) {
    let begun = Instant::now();
    while files(server).len() != count {
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", files(server));
        sleep(Duration::from_millis(20));
    }
}

fn quick() -> Config {
    Config::default().with("jobs.interval_seconds", 0.05)
}

on_both! {
    fn med_3_med_5_unused_uploads_and_dropped_images_are_purged(kind) {
        let campus = Campus::with(kind, quick());
        let (kept, dropped) = (upload(&campus.u1, 1), upload(&campus.u1, 2));
        let post = post_with(&campus.u1, &campus.open_board, "Purged", &[&kept, &dropped]);
        let (unused, deleted) = (upload(&campus.u1, 3), upload(&campus.u2, 4));
        let face = try_upload(&campus.u2.client, "profile", &photo(5)).expect(201).string("/id");
        campus.u2.client.patch("/me", json!({ "image_upload_id": face })).expect(200);
        assert_eq!(files(&campus.server).len(), 10);
        campus.u2.client.delete(&format!("/uploads/{deleted}")).expect(204);
        wait_for_files(&campus.server, 8);
        campus.u1.client.patch(&format!("/posts/{post}"), json!({ "images": [{ "upload_id": kept }] })).expect(200);
        wait_for_files(&campus.server, 6);

        campus.server.clock().advance(47 * HOUR);
        sleep(Duration::from_millis(300));
        let u1 = campus.u1.log_in().client;
        u1.get(&format!("/media/{unused}/full")).expect(200);
        campus.server.clock().advance(HOUR);
        wait_for_files(&campus.server, 4);
        let u1 = campus.u1.log_in().client;
        u1.get(&format!("/media/{unused}/full")).refused(404, "not_found");
        u1.delete(&format!("/uploads/{unused}")).refused(404, "not_found");
        // MED-5: what is used stays.
        u1.get(&format!("/media/{kept}/full")).expect(200);
        u1.get(&format!("/media/{face}/thumb")).expect(200);
    }
}

#[test]
fn files_have_random_names_that_no_answer_shows() {
    let campus = Campus::open(madang_harness::Kind::Sqlite);
    let made = try_upload(&campus.u1.client, "post", &photo(1)).expect(201);
    for file in files(&campus.server) {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        assert_eq!(name.len(), 32);
        assert!(!made.text().contains(&name) && !made.string("/id").replace('-', "").contains(&name));
    }
}

on_both! {
    fn del_6_med_5_a_post_is_erased_with_its_images_when_its_time_in_the_trash_is_over(kind) {
        let campus = Campus::with(kind, quick());
        let (old, young) = (upload(&campus.u1, 1), upload(&campus.u1, 2));
        let gone = post_with(&campus.u1, &campus.open_board, "Gone", &[&old]);
        let back = post_with(&campus.u1, &campus.open_board, "Back", &[&young]);
        let u1 = &campus.u1.client;
        u1.delete(&format!("/posts/{gone}")).expect(204);
        campus.server.clock().advance(29 * 24 * HOUR);
        sleep(Duration::from_millis(300));
        assert_eq!(files(&campus.server).len(), 4, "the trash keeps pictures");
        let u1 = campus.u1.log_in().client;
        u1.delete(&format!("/posts/{back}")).expect(204);
        campus.server.clock().advance(24 * HOUR);
        wait_for_files(&campus.server, 2);
        let u1 = campus.u1.log_in().client;
        u1.call("POST", &format!("/me/trash/{gone}/restore")).send().refused(404, "not_found");
        u1.call("POST", &format!("/me/trash/{back}/restore")).send().expect(200);
        u1.get(&format!("/posts/{gone}")).refused(404, "not_found");
        // MED-5: the other post has everything that it had.
        let found = u1.get(&format!("/posts/{back}")).expect(200);
        assert_eq!((found.at("/title"), found.at("/images/0/id")), (json!("Back"), json!(young)));
        u1.get(&format!("/media/{young}/full")).expect(200);
        u1.get(&format!("/media/{old}/full")).refused(404, "not_found");
    }
}
