//! What the operator reads (ANON-7): patterns of routes, statuses and ids of requests; no names, no addresses, no authors.

use crate::exports::made;
use crate::media::{photo, try_upload};
use crate::on_both;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Config, Kind, Person};
use serde_json::json;
use std::io::{self, Write};
use std::net::TcpListener;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;
use tracing_subscriber::filter::LevelFilter;

static LOG: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Lines;

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Collects the logs of this process from now on, of every crate, at the level of debugging.
fn listen() {
    static LISTENING: OnceLock<()> = OnceLock::new();
    LISTENING.get_or_init(|| {
        let collector = tracing_subscriber::fmt().with_max_level(LevelFilter::DEBUG).with_ansi(false);
        collector.with_writer(|| Lines).init();
    });
}

fn logged() -> String {
    String::from_utf8_lossy(&LOG.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}

/// Does what people do, well and badly, and leaves.
fn act(campus: &Campus, canary: &Person) {
    let client = &canary.client;
    let board = &campus.open_board;
    for anonymous in [true, false] {
        let body = json!({ "title": "Secretive", "contents": format!("Whispered words {anonymous}"), "is_anonymous": anonymous });
        let post = client.post(&format!("/boards/{board}/posts"), body.clone()).expect(201).string("/id");
        client.post(&format!("/boards/{board}/posts"), body).refused(409, "duplicate_text");
        client.patch(&format!("/posts/{post}"), json!({ "contents": "Whispered again" })).expect(200);
        let comment = json!({ "contents": "Murmured words", "is_anonymous": anonymous });
        let comment = client.post(&format!("/posts/{post}/comments"), comment).expect(201).string("/id");
        client.get(&format!("/posts?author={}&search=whispered", canary.id)).expect(200);
        campus.u2.client.call("POST", &format!("/posts/{post}/likes")).send().expect(201);
        client.delete(&format!("/comments/{comment}")).expect(204);
        client.delete(&format!("/posts/{post}")).expect(204);
        client.post(&format!("/me/trash/{post}/restore"), json!({})).expect(200);
    }
    let face = try_upload(client, "profile", &photo(1)).expect(201).string("/id");
    client.patch("/me", json!({ "image_upload_id": face, "nickname": "othercanar" })).expect(200);
    let taken = madang_harness::person::sign_up_body(&campus.a.id, &canary.username, &canary.email);
    campus.v.post("/auth/sign-up", taken).expect(400);
    canary.try_log_in("wrong-canary-word").1.refused(401, "invalid_credentials");
    campus.v.post("/auth/password/forgot", json!({ "email": canary.email })).expect(202);
    client.post("/me/email", json!({ "password": PASSWORD, "email": "newcanary@a.ac.test" })).expect(202);
    client.post("/leads", json!({ "name": "Canary lead", "email": "lead@canary.test" })).expect(201);
    client.get("/nowhere/canary").refused(404, "not_found");
    client.get("/posts?cursor=canary").expect(400);
    campus.admin.client.get(&format!("/admin/users?username={}", canary.username)).expect(200);
    made(client);
    client.post("/me/withdrawal", json!({ "password": PASSWORD })).expect(204);
}

on_both! {
    fn anon_7_logs_and_metrics_name_nobody(kind) {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        // One test of a process can keep metrics.
        let config = Config::default().with("jobs.interval_seconds", 0.05);
        let config = if kind == Kind::Sqlite { config.with("metrics.bind", free.to_string()) } else { config };
        listen();
        let campus = Campus::with(kind, config);
        let canary = campus.student("canarybird");
        act(&campus, &canary);
        // Whatever the jobs have to say of it.
        campus.server.clock().advance(Duration::from_secs(15 * 24 * 60 * 60));
        let admin = campus.admin.log_in().client;
        let path = format!("/admin/users/{}", canary.id);
        while admin.get(&path).expect(200).at("/username") == canary.username.as_str() {
            std::thread::sleep(Duration::from_millis(20));
        }
        let log = logged();
        assert!(log.contains("/api/v1/boards/{id}/posts") && log.contains("answered"), "the log tells of requests");
        let mut told = vec![log];
        if kind == Kind::Sqlite {
            let metrics = madang_harness::Client::new(free).get("//metrics").expect(200).text();
            assert!(metrics.contains("/api/v1/boards/{id}/posts"), "{metrics}");
            told.push(metrics);
        }
        let id = canary.id.replace('-', "");
        for text in told {
            let text = text.to_lowercase();
            for word in ["canar", &canary.id, &id, "whispered", "murmured", "secretive", PASSWORD] {
                let line = text.lines().find(|line| line.contains(&word.to_lowercase()));
                assert_eq!(line, None, "{word}");
            }
        }
    }
}
