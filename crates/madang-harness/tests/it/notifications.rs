//! What people are told, as they read it.

use crate::on_both;
use crate::visibility::mark;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Config, Person, Response};
use serde_json::{Value, json};
use std::time::Duration;

fn notices(person: &Person, query: &str) -> Vec<Value> {
    let feed = person.client.get(&format!("/notifications{query}")).expect(200);
    feed.at("/results").as_array().unwrap().clone()
}

/// What is counted as unread, which is the length of the list of it (VIS-4).
fn unread(person: &Person) -> i64 {
    let counts = person.client.get("/me/unread").expect(200);
    let unread = counts.at("/notifications").as_i64().unwrap();
    assert_eq!(counts.json(), json!({ "notifications": unread, "messages": 0, "friend_requests": 0 }));
    assert_eq!(notices(person, "?is_read=false&limit=100").len(), usize::try_from(unread).unwrap());
    unread
}

fn reply(person: &Person, post: &str, parent: Option<&str>, anonymous: bool) -> String {
    let body = json!({ "contents": "Indeed", "parent_id": parent, "is_anonymous": anonymous });
    person.client.post(&format!("/posts/{post}/comments"), body).expect(201).string("/id")
}

fn read(person: &Person, notice: &Value) -> Response {
    person.client.put(&format!("/notifications/{}/read", notice["id"].as_str().unwrap()))
}

fn read_all(person: &Person, body: &Value) -> Response {
    person.client.call("PUT", "/notifications/read").json(body).send()
}

fn switch(person: &Person, kind: &str, on: bool) -> Response {
    person.client.patch("/me", json!({ "settings": { "notify": { kind: on } } }))
}

on_both! {
    fn not_3_comments_and_replies_are_told_to_whom_they_answer(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Lunch");
        let comment = campus.comment(&campus.u2, &post, "When?");
        let told = notices(&campus.u1, "");
        let named = json!({
            "kind": "named", "id": campus.u2.id, "nickname": "user2", "image_url": null, "label": null, "number": null,
            "is_post_author": false,
        });
        let expected = json!([{
            "id": told[0]["id"], "kind": "comment", "actor": named,
            "target": { "type": "comment", "id": comment, "post_id": post },
            "text": "user2 commented on your post.", "is_read": false, "created_at": told[0]["created_at"],
        }]);
        assert_eq!(json!(told), expected);
        assert_eq!((unread(&campus.u1), unread(&campus.u2)), (1, 0));

        campus.server.clock().advance(Duration::from_secs(1));
        let answer = reply(&campus.u1, &post, Some(&comment), false);
        let told = notices(&campus.u2, "");
        assert_eq!((told.len(), &told[0]["kind"], &told[0]["target"]["id"]), (1, &json!("reply"), &json!(answer)));
        assert_eq!(told[0]["actor"]["is_post_author"], json!(true));
        assert_eq!(unread(&campus.u1), 1, "nobody is told of an own reply");
        // In Korean too.
        let korean = campus.u2.client.with_header("accept-language", "ko").get("/notifications").expect(200);
        assert_eq!(korean.at("/results/0/text"), json!("user1님이 회원님의 댓글에 답글을 남겼습니다."));
        // A third person's reply is told to both, to each once.
        campus.server.clock().advance(Duration::from_secs(1));
        reply(&campus.moderator, &post, Some(&comment), false);
        assert_eq!((&notices(&campus.u1, "")[0]["kind"], &notices(&campus.u2, "")[0]["kind"]), (&json!("comment"), &json!("reply")));
        assert_eq!((unread(&campus.u1), unread(&campus.u2)), (2, 2));
        assert_eq!(notices(&campus.u1, "?kind=reply"), Vec::<Value>::new());
        assert_eq!(notices(&campus.u2, "?kind__in=reply,hot").len(), 2);
        let first = campus.u2.client.get("/notifications?limit=1").expect(200);
        let next = first.string("/next").replace("https://madang.test/api/v1", "");
        assert_eq!(campus.u2.client.get(&next).expect(200).at("/results/0/target/id"), json!(answer));
        campus.u2.client.get("/notifications?ordering=created_at").refused(400, "unknown_parameter");
        campus.u2.client.get("/notifications?kind=gossip").refused(400, "validation_failed");
    }

    fn not_2_one_event_is_told_once(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Lunch");
        for anonymous in [false, true] {
            let own = reply(&campus.u1, &post, None, anonymous);
            let before = unread(&campus.u1);
            reply(&campus.u2, &post, Some(&own), anonymous);
            assert_eq!(unread(&campus.u1), before + 1);
            assert_eq!(notices(&campus.u1, "?kind=reply").len(), usize::from(anonymous) + 1);
        }
        assert_eq!(notices(&campus.u1, "?kind=comment").len(), 0);
    }

    fn not_1_switches_and_mutes_stop_new_notices_and_leave_old_ones(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Lunch");
        campus.comment(&campus.u2, &post, "One");
        switch(&campus.u1, "comment", false).expect(200);
        campus.comment(&campus.u2, &post, "Two");
        assert_eq!(unread(&campus.u1), 1);
        switch(&campus.u1, "comment", true).expect(200);
        campus.comment(&campus.u2, &post, "Three");
        assert_eq!(unread(&campus.u1), 2);
        campus.u1.client.put(&format!("/posts/{post}/mute")).expect(204);
        campus.comment(&campus.u2, &post, "Four");
        assert_eq!(unread(&campus.u1), 2);
        for kind in ["sanction", "appeal_result", "site_notice"] {
            switch(&campus.u1, kind, false).refused_field(&format!("settings.notify.{kind}"), "not_allowed");
            switch(&campus.u1, kind, true).expect(200);
            let shown = campus.u1.client.get("/me").expect(200).at(&format!("/settings/notify/{kind}"));
            assert_eq!(shown, json!(true));
        }
    }

    fn not_4_a_notice_turns_neutral_and_back(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Lunch");
        let comment = campus.comment(&campus.u2, &post, "When?");
        let before = notices(&campus.u1, "");
        let neutral = json!([{
            "id": before[0]["id"], "kind": "comment", "actor": null, "target": null, "is_read": true,
            "text": "What this was about cannot be seen any more.", "created_at": before[0]["created_at"],
        }]);
        campus.u2.client.delete(&format!("/comments/{comment}")).expect(204);
        assert_eq!((json!(notices(&campus.u1, "")), unread(&campus.u1)), (neutral.clone(), 0));
        assert_eq!(notices(&campus.u1, "?is_read=true").len(), 1);
        campus.u2.client.call("POST", &format!("/me/trash/{comment}/restore")).send().expect(200);
        assert_eq!((notices(&campus.u1, ""), unread(&campus.u1)), (before.clone(), 1));
        for (gone, back) in [("removed_at = created_at", "removed_at = NULL"), ("hidden_reason = 'spam'", "hidden_reason = NULL")] {
            mark(&campus, "comments", &comment, gone);
            assert_eq!((json!(notices(&campus.u1, "")), unread(&campus.u1)), (neutral.clone(), 0), "{gone}");
            mark(&campus, "comments", &comment, back);
            assert_eq!((notices(&campus.u1, ""), unread(&campus.u1)), (before.clone(), 1), "{back}");
        }
        // Who withdraws leaves the notice, under no name.
        campus.u2.client.post("/me/withdrawal", json!({ "password": PASSWORD })).expect(204);
        let told = notices(&campus.u1, "");
        assert_eq!((&told[0]["actor"]["kind"], &told[0]["text"]), (&json!("withdrawn"), &json!("Withdrawn user commented on your post.")));
    }

    fn not_5_reading_is_idempotent_and_ones_own(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Lunch");
        for contents in ["One", "Two", "Three"] {
            campus.server.clock().advance(Duration::from_secs(1));
            campus.comment(&campus.u2, &post, contents);
        }
        let told = notices(&campus.u1, "");
        for stranger in [&campus.u2, &campus.u3, &campus.moderator, &campus.admin, &campus.g] {
            read(stranger, &told[0]).refused(404, "not_found");
            assert_eq!(notices(stranger, "").len(), 0);
        }
        assert_eq!(unread(&campus.u1), 3);
        read(&campus.u1, &told[0]).expect(204);
        read(&campus.u1, &told[0]).expect(204);
        assert_eq!((unread(&campus.u1), notices(&campus.u1, "?is_read=true").len()), (2, 1));
        read_all(&campus.u1, &json!({ "until": told[2]["created_at"] })).expect(204);
        assert_eq!(unread(&campus.u1), 1);
        read_all(&campus.u1, &json!({ "until": "soon" })).refused_field("until", "invalid");
        campus.u1.client.put("/notifications/read").expect(204);
        campus.u1.client.put("/notifications/read").expect(204);
        assert_eq!((unread(&campus.u1), notices(&campus.u1, "").len()), (0, 3));
    }

    fn not_5_notices_are_erased_after_their_days(kind) {
        let config = Config::default().with("notifications.keep_days", 2).with("jobs.interval_seconds", 1);
        let campus = Campus::with(kind, config);
        let post = campus.post(&campus.u1, "Lunch");
        campus.comment(&campus.u2, &post, "When?");
        campus.server.clock().advance(Duration::from_secs(86_400));
        let u2 = campus.u2.log_in();
        campus.comment(&u2, &post, "Well?");
        campus.server.clock().advance(Duration::from_secs(86_401));
        let (u1, mut left) = (campus.u1.log_in(), 2);
        for _ in 0..100 {
            left = notices(&u1, "").len();
            if left == 1 {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        assert_eq!(left, 1);
    }

    fn brd_5_brd_6_boards_tell_of_notices_and_offers(kind) {
        let campus = Campus::open(kind);
        let body = json!({ "name": "Chess", "category": "group" });
        let board = campus.u1.client.post("/boards", body).expect(201).string("/id");
        campus.u2.client.put(&format!("/boards/{board}/favourite")).expect(204);
        let post = campus.u1.client.post(&format!("/boards/{board}/posts"), json!({ "title": "Rules", "contents": "None." }));
        let post = post.expect(201).string("/id");
        for notice in [json!(post), Value::Null, json!(post)] {
            let path = format!("/boards/{board}");
            campus.u1.client.patch(&path, json!({ "notice_post_id": notice })).expect(200);
        }
        let told = notices(&campus.u2, "");
        assert_eq!((told.len(), &told[0]["kind"], &told[0]["actor"]["id"]), (1, &json!("board_notice"), &json!(campus.u1.id)));
        assert_eq!(told[0]["target"], json!({ "type": "post", "id": post, "post_id": post }));
        campus.server.clock().advance(Duration::from_secs(1));
        let offer = json!({ "user_id": campus.u2.id, "password": PASSWORD });
        campus.u1.client.post(&format!("/boards/{board}/transfer"), offer).expect(201);
        let told = notices(&campus.u2, "");
        assert_eq!((&told[0]["kind"], &told[0]["actor"]["id"]), (&json!("board_transfer"), &json!(campus.u1.id)));
        assert_eq!(told[0]["target"], json!({ "type": "board", "id": board, "post_id": null }));
        assert_eq!((unread(&campus.u2), unread(&campus.u1)), (2, 0));
    }

    fn post_8_becoming_hot_is_told_once_and_by_nobody(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.hot_likes", 2));
        let post = campus.post(&campus.u1, "Lunch");
        for person in [&campus.u2, &campus.moderator, &campus.admin] {
            person.client.call("POST", &format!("/posts/{post}/likes")).send().expect(201);
        }
        let told = notices(&campus.u1, "");
        assert_eq!((told.len(), &told[0]["kind"], &told[0]["actor"]), (1, &json!("hot"), &Value::Null));
        assert_eq!(told[0]["target"], json!({ "type": "post", "id": post, "post_id": post }));
    }
}
