//! What was answered is there after the process was killed.

use crate::on_both;
use madang_harness::person::PASSWORD;
use madang_harness::{Client, Config, Kind, Process};
use serde_json::json;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

const WRITERS: usize = 8;

fn log_in(client: &Client) -> Client {
    let login = json!({ "username": "chief", "password": PASSWORD });
    client.with_token(client.post("/auth/login", login).expect(200).string("/access_token"))
}

/// Writes until the server is gone; the ids of all that was answered.
fn write_until_killed(admin: &Client, board: &str, killed: &AtomicBool, kept: &Mutex<Vec<String>>) {
    for turn in 0.. {
        let body = json!({ "title": format!("Post {turn}"), "contents": "Words." });
        match admin.call("POST", &format!("/boards/{board}/posts")).json(&body).try_send() {
            Ok(answer) => kept.lock().unwrap().push(answer.expect(201).string("/id")),
            Err(error) => {
                assert!(killed.load(Ordering::SeqCst), "{error}");
                return;
            }
        }
    }
}

on_both! {
    fn every_answered_write_survives_kill_9(kind) {
        let folder = tempfile::tempdir().unwrap();
        let database = (kind == Kind::Postgres).then(|| madang_testkit::TestDatabase::postgres().unwrap());
        let mut config = Config::default().with("posts.refuse_duplicate", false).with("data_dir", "./data");
        if let Some(database) = &database {
            config = config.with("database.url", database.url_text());
        }
        let program = Path::new(env!("CARGO_BIN_EXE_madang-under-test"));
        let mut process = Process::start(program, folder.path(), &config).unwrap();
        let create = ["admin", "create", "--username", "chief", "--email", "chief@a.ac.test", "--nickname", "chief",
            "--school", "School A", "--password-stdin"];
        process.run(&create, PASSWORD).unwrap();
        let admin = log_in(&process.client());
        let school = admin.get("/me").expect(200).string("/school/id");
        let board = json!({ "school_id": school, "name": "Free", "category": "basic" });
        let board = admin.post("/admin/boards", board).expect(201).string("/id");

        let mut kept = Vec::new();
        for _ in 0..3 {
            let admin = log_in(&process.client());
            let (round, killed) = (Mutex::default(), AtomicBool::new(false));
            std::thread::scope(|scope| {
                for _ in 0..WRITERS {
                    let (device, board, killed, round) = (admin.other_device(), &board, &killed, &round);
                    scope.spawn(move || write_until_killed(&device, board, killed, round));
                }
                std::thread::sleep(Duration::from_millis(400));
                killed.store(true, Ordering::SeqCst);
                process.kill().unwrap();
            });
            let round = round.into_inner().unwrap();
            assert!(!round.is_empty(), "nothing was written before the kill");
            kept.extend(round);
            process.start_again().unwrap();
        }
        let admin = log_in(&process.client());
        for id in &kept {
            admin.get(&format!("/posts/{id}")).expect(200);
        }
        let counted = admin.get(&format!("/boards/{board}")).expect(200).at("/post_count").as_u64().unwrap();
        assert!(counted >= kept.len() as u64, "CNT-1: {counted} counted, {} answered", kept.len());
    }
}
