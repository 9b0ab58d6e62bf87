//! Repeated requests with an `Idempotency-Key`.

use crate::on_both;
use madang_harness::{Campus, Client, Kind, Response};
use serde_json::{Value, json};
use std::thread;
use std::time::Duration;

fn send(client: &Client, board: &str, key: &str, body: &Value) -> Response {
    client.call("POST", &format!("/boards/{board}/posts")).header("idempotency-key", key).json(body).send()
}

fn count(campus: &Campus) -> usize {
    campus.u1.client.get("/posts?limit=100").expect(200).json()["results"].as_array().unwrap().len()
}

on_both! {
    fn con_11_a_repeated_request_has_one_effect(kind) {
        let campus = Campus::open(kind);
        let (u1, board) = (&campus.u1.client, campus.open_board.as_str());
        let body = json!({ "title": "Once", "contents": "Only once." });
        let first = send(u1, board, "key-1", &body).expect(201);
        assert_eq!(first.header("idempotency-replayed"), None);
        let again = send(u1, board, "key-1", &body).expect(201);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(again.json(), first.json());
        for name in ["location", "etag"] {
            assert_eq!(again.header(name), first.header(name), "{name}");
        }
        assert_eq!(count(&campus), 1);
        let other = json!({ "title": "Twice", "contents": "Another text." });
        send(u1, board, "key-1", &other).refused(422, "idempotency_key_reused");
        // The key belongs to the caller and to the path.
        send(&campus.u2.client, board, "key-1", &other).expect(201);
        send(u1, &campus.closed_board, "key-1", &other).expect(201);
        send(u1, board, "key-2", &json!({ "title": "New", "contents": "A new key." })).expect(201);
        assert_eq!(count(&campus), 4);
    }

    fn con_11_parallel_requests_with_one_key_have_one_effect(kind) {
        let campus = Campus::open(kind);
        let body = json!({ "title": "Parallel", "contents": "All at once." });
        let answers: Vec<Response> = thread::scope(|scope| {
            let calls: Vec<_> = (0..8)
                .map(|_| {
                    let (client, board, body) = (campus.u1.client.other_device(), &campus.open_board, &body);
                    scope.spawn(move || send(&client, board, "parallel", body))
                })
                .collect();
            calls.into_iter().map(|call| call.join().unwrap()).collect()
        });
        let mut ids: Vec<String> = Vec::new();
        for answer in answers {
            match answer.status {
                201 => ids.push(answer.string("/id")),
                _ => drop(answer.refused(409, "idempotency_in_progress")),
            }
        }
        ids.dedup();
        assert_eq!((ids.len(), count(&campus)), (1, 1));
    }
}

#[test]
fn x_5_refusals_are_kept_and_a_dead_session_is_still_dead() {
    let campus = Campus::open(Kind::Sqlite);
    let nowhere = "01890000-0000-7000-8000-000000000000";
    let body = json!({ "title": "Refused", "contents": "There is no such board." });
    send(&campus.u1.client, nowhere, "refused", &body).refused(404, "not_found");
    let again = send(&campus.u1.client, nowhere, "refused", &body).refused(404, "not_found");
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    // Bad input is judged before the key, which stays free.
    send(&campus.u1.client, &campus.open_board, "free", &json!({})).refused_at("contents");
    send(&campus.u1.client, &campus.open_board, "free", &body).expect(201);
    let device = campus.u1.log_in();
    device.client.call("POST", "/auth/logout").from_script().send().expect(204);
    send(&device.client, &campus.open_board, "free", &body).refused(401, "session_revoked");
}

#[test]
fn x_5_keys_live_a_day_and_have_a_form() {
    let campus = Campus::open(Kind::Sqlite);
    let (u1, board) = (&campus.u1.client, campus.open_board.as_str());
    let body = json!({ "title": "Form", "contents": "The form of keys." });
    for key in ["", "with space", &"k".repeat(256), "열쇠"] {
        send(u1, board, key, &body).refused_field("Idempotency-Key", "invalid");
    }
    let path = format!("/boards/{board}/posts");
    let two = u1.call("POST", &path).header("idempotency-key", "a").header("idempotency-key", "b");
    two.json(&body).send().refused(400, "malformed_request");
    let longest = "k".repeat(255);
    send(u1, board, &longest, &body).expect(201);
    assert_eq!(count(&campus), 1);
    let later = json!({ "title": "Later", "contents": "A day after." });
    campus.server.clock().advance(Duration::from_secs(23 * 3600));
    send(&campus.u1.log_in().client, board, &longest, &later).refused(422, "idempotency_key_reused");
    campus.server.clock().advance(Duration::from_secs(2 * 3600));
    send(&campus.u1.log_in().client, board, &longest, &later).expect(201);
}
