//! Boards that change hands.

use super::{DAY, open};
use crate::on_both;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Config, Person, Response};
use serde_json::{Value, json};

fn offer(person: &Person, board: &str, to: &str) -> Response {
    let body = json!({ "user_id": to, "password": PASSWORD });
    person.client.post(&format!("/boards/{board}/transfer"), body)
}

fn accept(person: &Person, board: &str) -> Response {
    person.client.call("POST", &format!("/boards/{board}/transfer/accept")).send()
}

fn end(person: &Person, board: &str) -> Response {
    person.client.delete(&format!("/boards/{board}/transfer"))
}

fn shown(person: &Person, board: &str) -> Value {
    person.client.get(&format!("/boards/{board}")).expect(200).at("/transfer")
}

on_both! {
    fn brd_6_nothing_changes_before_the_target_accepts(kind) {
        let campus = Campus::open(kind);
        let board = open(&campus.u1, "Chess").expect(201).string("/id");
        let answer = offer(&campus.u1, &board, &campus.u2.id).expect(201);
        let expected = json!({
            "board": { "id": board, "name": "Chess" },
            "from": { "id": campus.u1.id, "nickname": "user1", "image_url": null },
            "to": { "id": campus.u2.id, "nickname": "user2", "image_url": null },
            "created_at": answer.at("/created_at"),
            "expires_at": answer.at("/expires_at"),
        });
        assert_eq!(answer.json(), expected);
        assert!(answer.header("location").unwrap().ends_with(&format!("/boards/{board}")));
        for person in [&campus.u1, &campus.u2] {
            assert_eq!(shown(person, &board), expected);
        }
        assert_eq!(shown(&campus.moderator, &board), Value::Null);
        let path = format!("/boards/{board}");
        let before = campus.u1.client.get(&path).expect(200);
        assert_eq!(before.at("/manager/id"), json!(campus.u1.id));
        assert_eq!(before.at("/cannot/transfer"), json!("request_pending"));
        campus.u1.client.call("PATCH", &path).if_match(&before.etag()).json(&json!({})).send().expect(200);

        accept(&campus.moderator, &board).refused(404, "not_found");
        accept(&campus.u1, &board).refused(404, "not_found");
        accept(&campus.u3, &board).refused(404, "not_found");
        let taken = accept(&campus.u2, &board).expect(200);
        assert_eq!((taken.at("/manager/id"), taken.at("/transfer")), (json!(campus.u2.id), Value::Null));
        assert_eq!(taken.at("/can/edit"), json!(true));
        accept(&campus.u2, &board).refused(404, "not_found");
        campus.u1.client.patch(&path, json!({ "description": "Mine?" })).refused(403, "forbidden");
    }
}

on_both! {
    fn brd_6_an_offer_needs_the_password_and_another_member(kind) {
        let campus = Campus::open(kind);
        let board = open(&campus.u1, "Chess").expect(201).string("/id");
        let body = json!({ "user_id": campus.u2.id, "password": "wrong" });
        let path = format!("/boards/{board}/transfer");
        campus.u1.client.post(&path, body).refused(403, "reauthentication_failed");
        offer(&campus.u1, &board, &campus.u1.id).refused_field("user_id", "self");
        for stranger in [&campus.u3.id, &campus.g.id] {
            offer(&campus.u1, &board, stranger).refused_field("user_id", "not_allowed");
        }
        offer(&campus.u1, &board, "01890000-0000-7000-8000-000000000000").refused_field("user_id", "not_allowed");
        offer(&campus.u2, &board, &campus.moderator.id).refused(403, "forbidden");
        offer(&campus.u3, &board, &campus.u3.id).refused(404, "not_found");
        offer(&campus.u1, &board, &campus.u2.id).expect(201);
        offer(&campus.u1, &board, &campus.moderator.id).refused(409, "request_pending");

        end(&campus.moderator, &board).refused(404, "not_found");
        end(&campus.u1, &board).expect(204);
        end(&campus.u1, &board).refused(404, "not_found");
        accept(&campus.u2, &board).refused(404, "not_found");
        offer(&campus.u1, &board, &campus.u2.id).expect(201);
        end(&campus.u2, &board).expect(204);
        assert_eq!(shown(&campus.u1, &board), Value::Null);
    }
}

on_both! {
    fn brd_6_auth_15_the_password_comes_after_the_key_and_the_board(kind) {
        let campus = Campus::with(kind, Config::default().with("auth.login_failures", 3));
        let board = open(&campus.u1, "Chess").expect(201).string("/id");
        let ask = |person: &Person, board: &str, key: &str, body: Value| {
            let call = person.client.call("POST", &format!("/boards/{board}/transfer"));
            call.header("idempotency-key", key).json(&body).send()
        };
        let wrong = || json!({ "user_id": campus.moderator.id, "password": "wrong" });
        let nowhere = "01890000-0000-7000-8000-000000000000";
        for n in 0..4 {
            ask(&campus.u2, &board, &format!("board{n}"), wrong()).refused(403, "forbidden");
            ask(&campus.u3, &board, &format!("board{n}"), wrong()).refused(404, "not_found");
            ask(&campus.u1, nowhere, &format!("board{n}"), wrong()).refused(404, "not_found");
        }
        // Refusals are kept with their keys, as everywhere.
        let again = ask(&campus.u2, &board, "board0", wrong()).refused(403, "forbidden");
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        let fault = ask(&campus.u2, &board, "", json!({ "user_id": "x" })).problem();
        let fields: Vec<_> = fault.errors.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["Idempotency-Key", "password", "user_id"]);

        let right = json!({ "user_id": campus.u2.id, "password": PASSWORD });
        let first = ask(&campus.u1, &board, "offer", right.clone()).expect(201);
        for _ in 0..4 {
            ask(&campus.u1, &board, "offer", wrong()).refused(422, "idempotency_key_reused");
        }
        // None of it was a failed login: the third failure is the last one that is told as such.
        for _ in 0..3 {
            ask(&campus.u1, &board, "wrong", wrong()).refused(403, "reauthentication_failed");
        }
        ask(&campus.u1, &board, "wrong", wrong()).refused(429, "rate_limited");
        let again = ask(&campus.u1, &board, "offer", right).expect(201);
        assert_eq!((again.header("idempotency-replayed"), again.text()), (Some("true"), first.text()));
        offer(&campus.u2, &board, &campus.u1.id).refused(403, "forbidden");
    }
}

on_both! {
    fn brd_6_an_offer_lapses_and_the_limit_holds(kind) {
        let campus = Campus::open(kind);
        let board = open(&campus.u1, "Chess").expect(201).string("/id");
        offer(&campus.u1, &board, &campus.u2.id).expect(201);
        campus.server.clock().advance(7 * DAY);
        let (u1, u2) = (campus.u1.log_in(), campus.u2.log_in());
        assert_eq!(shown(&u1, &board), Value::Null);
        accept(&u2, &board).refused(404, "not_found");
        offer(&u1, &board, &u2.id).expect(201);
        for name in ["One", "Two", "Three"] {
            open(&u2, name).expect(201);
        }
        assert_eq!(accept(&u2, &board).refused(409, "limit_reached").at("/limit"), json!(3));
        assert_eq!(shown(&u2, &board)["to"]["id"], json!(u2.id));
    }
}
