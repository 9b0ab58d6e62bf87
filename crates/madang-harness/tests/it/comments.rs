//! Comments, as guests, students and staff meet them.

use crate::moderation::remove;
use crate::on_both;
use crate::visibility::mark;
use madang_harness::{Campus, Config, Person, Response};
use madang_testkit::look;
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::{Duration, Instant};

fn comment(person: &Person, post: &str, body: Value) -> Response {
    person.client.post(&format!("/posts/{post}/comments"), body)
}

fn anonymously(person: &Person, post: &str) -> String {
    comment(person, post, json!({ "contents": "Hush", "is_anonymous": true })).expect(201).string("/id")
}

fn reply(person: &Person, post: &str, parent: &str) -> String {
    comment(person, post, json!({ "contents": "Indeed", "parent_id": parent })).expect(201).string("/id")
}

/// Where the rest of a feed is, below the base of the API.
fn path_of(url: &str) -> String {
    url.split("/api/v1").nth(1).unwrap().to_owned()
}

on_both! {
    fn cmt_2_a_comment_is_written_and_read(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u2, "Lunch");
        let created = comment(&campus.u1, &post, json!({ "contents": " Kimbap?\n" })).expect(201);
        let id = created.string("/id");
        assert!(created.header("location").unwrap().ends_with(&format!("/comments/{id}")));
        let own = created.json();
        let expected = json!({
            "id": id,
            "post_id": post,
            "parent_id": null,
            "state": "live",
            "hidden_reason": null,
            "contents": " Kimbap?\n",
            "author": {
                "kind": "named", "id": campus.u1.id, "nickname": "user1", "image_url": null,
                "label": null, "number": null, "is_post_author": false,
            },
            "is_mine": true,
            "like_count": 0,
            "liked": false,
            "reply_count": 0,
            "replies": [],
            "replies_next": null,
            "created_at": own["created_at"],
            "updated_at": own["created_at"],
            "can": own["can"],
            "cannot": own["cannot"],
        });
        assert_eq!(own, expected);
        let read = campus.u1.client.get(&format!("/comments/{id}")).expect(200);
        assert_eq!((read.json(), read.etag()), (own.clone(), created.etag()));
        assert_eq!((own["can"]["delete"].clone(), own["can"]["reply"].clone()), (json!(true), json!(true)));
        assert_eq!(own["cannot"]["edit"], "method_not_allowed");
        let others = campus.u2.client.get(&format!("/comments/{id}")).expect(200);
        assert_eq!((others.at("/is_mine"), others.at("/cannot/delete")), (json!(false), json!("forbidden")));
        let listed = campus.g.client.get(&format!("/posts/{post}/comments")).expect(200);
        assert_eq!(listed.at("/results/0/id"), json!(id));
        assert_eq!(listed.at("/results/0/cannot/reply"), "email_unverified");
        let seen = campus.u1.client.get(&format!("/posts/{post}")).expect(200);
        assert_eq!((seen.at("/comment_count"), seen.at("/can/comment")), (json!(1), json!(true)));
    }

    fn cmt_2_bad_comments_are_refused_and_store_nothing(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u2, "Lunch");
        let other = campus.post(&campus.u1, "Dinner");
        let elsewhere = campus.comment(&campus.u1, &other, "There");
        let here = campus.comment(&campus.u1, &post, "Here");
        let its_reply = reply(&campus.u2, &post, &here);
        for (body, field, code) in [
            (json!({}), "contents", "required"),
            (json!({ "contents": " \n" }), "contents", "blank"),
            (json!({ "contents": "가".repeat(301) }), "contents", "max_length"),
            (json!({ "contents": "a\u{7}" }), "contents", "invalid"),
            (json!({ "contents": 1 }), "contents", "invalid"),
            (json!({ "contents": "a", "parent_id": "x" }), "parent_id", "invalid"),
            (json!({ "contents": "a", "parent_id": elsewhere }), "parent_id", "invalid_parent"),
            (json!({ "contents": "a", "parent_id": its_reply }), "parent_id", "invalid_parent"),
            (json!({ "contents": "a", "parent_id": post }), "parent_id", "invalid_parent"),
            (json!({ "contents": "a", "author_id": campus.u2.id }), "author_id", "read_only"),
            (json!({ "contents": "a", "like_count": 9 }), "like_count", "read_only"),
            (json!({ "contents": "a", "colour": "red" }), "colour", "unknown_field"),
        ] {
            comment(&campus.u1, &post, body).refused_field(field, code);
        }
        comment(&campus.u1, &post, json!({ "contents": "가".repeat(300) })).expect(201);
        // What is not there comes before what may not be done, that before a field.
        let gone = campus.comment(&campus.u1, &post, "Gone");
        campus.u1.client.delete(&format!("/comments/{gone}")).expect(204);
        campus.u2.client.patch(&format!("/posts/{post}"), json!({ "comments_locked": true })).expect(200);
        comment(&campus.u1, &post, json!({ "contents": "a", "parent_id": gone })).refused(404, "not_found");
        comment(&campus.u1, &post, json!({ "contents": "a", "parent_id": elsewhere })).refused(403, "comments_locked");
        comment(&campus.u1, &post, json!({ "contents": "a", "parent_id": here })).refused(403, "comments_locked");
        comment(&campus.u3, &post, json!({ "contents": "a" })).refused(404, "not_found");
        comment(&campus.g, &post, json!({ "contents": "a" })).refused(403, "email_unverified");
        campus.v.post(&format!("/posts/{post}/comments"), json!({})).refused(401, "authentication_required");
        assert_eq!(campus.u1.client.get(&format!("/posts/{post}")).at("/comment_count"), json!(3));
    }

    fn cmt_3_a_placeholder_tells_nothing_but_that_there_was_something(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u2, "Lunch");
        let id = anonymously(&campus.u1, &post);
        let answer = reply(&campus.u2, &post, &id);
        let path = format!("/comments/{id}");
        campus.u2.client.delete(&path).refused(403, "forbidden");
        campus.moderator.client.delete(&path).refused(403, "forbidden");
        campus.u1.client.delete(&path).expect(204);
        campus.u1.client.delete(&path).refused(404, "not_found");
        campus.u1.client.get(&path).refused(404, "not_found");
        for reader in [&campus.u1, &campus.u2, &campus.admin] {
            let placeholder = reader.client.get(&format!("/posts/{post}/comments")).expect(200).at("/results/0");
            assert_eq!(placeholder["id"], json!(id));
            assert_eq!(placeholder["state"], "deleted");
            for (field, value) in [
                ("contents", Value::Null), ("author", Value::Null), ("is_mine", json!(false)),
                ("like_count", json!(0)), ("reply_count", json!(1)),
            ] {
                assert_eq!(placeholder[field], value, "{field}");
            }
            assert!(placeholder["can"].as_object().unwrap().values().all(|can| can == false));
            assert_eq!(placeholder["cannot"].as_object().unwrap().len(), 7);
            assert_eq!(placeholder["replies"][0]["id"], json!(answer));
        }
        campus.u1.client.get(&format!("{path}/replies")).expect(200);
        comment(&campus.u1, &post, json!({ "contents": "a", "parent_id": id })).refused(404, "not_found");
        campus.u2.client.delete(&format!("/comments/{answer}")).expect(204);
        campus.u2.client.get(&format!("{path}/replies")).refused(404, "not_found");
        let empty = campus.u2.client.get(&format!("/posts/{post}/comments")).expect(200);
        assert_eq!(empty.at("/results"), json!([]));
    }

    fn brd_4_a_placeholder_foretells_what_a_removal_answers(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u2, "Lunch");
        let [deleted, removed, hidden] = ["Rice", "Soup", "Tea"].map(|contents| campus.comment(&campus.u1, &post, contents));
        for parent in [&deleted, &removed] {
            reply(&campus.u2, &post, parent);
        }
        campus.u1.client.delete(&format!("/comments/{deleted}")).expect(204);
        remove(&campus.moderator.client, "comment", &removed).expect(201);
        mark(&campus, "comments", &hidden, "hidden_reason = 'spam'");
        let foretold = |person: &Person| {
            let rows = person.client.get(&format!("/posts/{post}/comments")).expect(200).at("/results");
            let rows = rows.as_array().unwrap().clone();
            assert_eq!(rows.iter().map(|row| row["state"].as_str().unwrap()).collect::<Vec<_>>(), ["deleted", "removed", "hidden"]);
            rows.into_iter().map(|row| (row["can"]["remove"] == true, row["cannot"]["remove"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(foretold(&campus.u2), vec![(false, json!("forbidden")); 3]);
        assert_eq!(foretold(&campus.g), vec![(false, json!("email_unverified")); 3]);
        for id in [&deleted, &removed, &hidden] {
            remove(&campus.u2.client, "comment", id).refused(403, "forbidden");
            remove(&campus.g.client, "comment", id).refused(403, "email_unverified");
        }
        let by_staff = vec![(false, json!("not_found")), (false, json!("already_decided")), (true, Value::Null)];
        for staff in [&campus.moderator, &campus.admin] {
            assert_eq!(foretold(staff), by_staff);
            remove(&staff.client, "comment", &removed).refused(409, "already_decided");
        }
        remove(&campus.moderator.client, "comment", &hidden).expect(201);
    }

    fn cmt_5_more_replies_are_a_page_away(kind) {
        let campus = Campus::with(kind, Config::default().with("comments.replies_inline", 2));
        let post = campus.post(&campus.u2, "Lunch");
        let id = campus.comment(&campus.u1, &post, "Noodles?");
        let replies: Vec<String> = (0..5).map(|_| reply(&campus.u2, &post, &id)).collect();
        let ids = |value: &Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
        };
        let list = campus.u1.client.get(&format!("/posts/{post}/comments")).expect(200);
        assert_eq!(ids(&list.at("/results/0/replies")), replies[..2]);
        assert_eq!(list.at("/results/0/replies/0/replies_next"), Value::Null);
        let detail = campus.u1.client.get(&format!("/comments/{id}")).expect(200);
        assert_eq!(detail.json(), list.at("/results/0"));
        let next = path_of(&list.string("/results/0/replies_next"));
        assert!(next.starts_with(&format!("/comments/{id}/replies?cursor=")), "{next}");
        let rest = campus.u1.client.get(&next).expect(200);
        assert_eq!(ids(&rest.at("/results")), replies[2..]);
        let two = campus.u1.client.get(&format!("{next}&limit=2")).expect(200);
        assert_eq!(ids(&two.at("/results")), replies[2..4]);
        let three = campus.u1.client.get(&path_of(&two.string("/next"))).expect(200);
        assert_eq!(ids(&three.at("/results")), replies[4..]);
        assert_eq!(three.at("/next"), Value::Null);
        let foreign = next.replace("/replies", "/replies/").replace(&format!("/comments/{id}"), &format!("/posts/{post}/comments"));
        campus.u1.client.get(&foreign.replace("/replies/", "")).refused(400, "invalid_cursor");
        campus.u1.client.get(&format!("/comments/{id}/replies?ordering=created_at")).refused(400, "unknown_parameter");
        campus.u1.client.get(&format!("/posts/{post}/comments?ordering=-created_at")).expect(200);
        campus.u1.client.get(&format!("/posts/{post}/comments?ordering=like_count")).refused_at("ordering");
    }

    fn cmt_6_a_comment_is_edited_where_the_board_lets(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u2, "Lunch");
        let fixed = campus.comment(&campus.u1, &post, "Noodles?");
        let refused = campus.u1.client.patch(&format!("/comments/{fixed}"), json!({ "contents": "Rice?" }));
        let refused = refused.refused(405, "method_not_allowed");
        assert_eq!(refused.header("allow"), Some("GET, HEAD, DELETE, OPTIONS"));
        let editable = json!({
            "school_id": campus.a.id, "category": "basic", "name": "Drafts", "comments_editable": true,
        });
        let editable = campus.admin.client.post("/admin/boards", editable).expect(201).string("/id");
        let body = json!({ "contents": "Post" });
        let post = campus.u2.client.post(&format!("/boards/{editable}/posts"), body).expect(201).string("/id");
        let id = campus.comment(&campus.u1, &post, "Noodles?");
        let path = format!("/comments/{id}");
        let etag = campus.u1.client.get(&path).expect(200).etag();
        let changed = campus.u1.client.patch(&path, json!({ "contents": "Rice?" })).expect(200);
        assert_eq!(changed.at("/contents"), "Rice?");
        assert_ne!(changed.at("/updated_at"), changed.at("/created_at"));
        let same = campus.u1.client.patch(&path, json!({ "contents": "Rice?" })).expect(200);
        assert_eq!((same.at("/updated_at"), same.etag()), (changed.at("/updated_at"), changed.etag()));
        let stale = campus.u1.client.call("PATCH", &path).if_match(&etag).json(&json!({ "contents": "Bread?" }));
        stale.send().refused(412, "precondition_failed");
        for field in ["author", "is_anonymous", "parent_id", "post_id"] {
            campus.u1.client.patch(&path, json!({ field: true })).refused_field(field, "read_only");
        }
        campus.u1.client.patch(&path, json!({ "contents": "" })).refused_field("contents", "blank");
        campus.u2.client.patch(&path, json!({ "contents": "Mine" })).refused(403, "forbidden");
        campus.u3.client.patch(&path, json!({ "contents": "Mine" })).refused(404, "not_found");
        let stale = campus.u1.client.call("DELETE", &path).if_match(&etag);
        stale.send().refused(412, "precondition_failed");
        campus.u1.client.call("DELETE", &path).if_match(&changed.etag()).send().expect(204);
    }

    fn cmt_7_a_comment_comes_back_from_the_trash(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u2, "Lunch");
        let id = anonymously(&campus.u1, &post);
        let before = campus.u2.client.get(&format!("/comments/{id}")).expect(200).text();
        campus.u1.client.delete(&format!("/comments/{id}")).expect(204);
        let trash = campus.u1.client.get("/me/trash?type=comment").expect(200).at("/results");
        assert_eq!((trash[0]["id"].clone(), trash[0]["excerpt"].clone()), (json!(id), json!("Hush")));
        assert_eq!((trash[0]["type"].clone(), trash[0]["title"].clone()), (json!("comment"), Value::Null));
        let restored = campus.u1.client.post(&format!("/me/trash/{id}/restore"), json!({})).expect(200);
        assert!(restored.string("/url").ends_with(&format!("/comments/{id}")));
        assert_eq!(campus.u2.client.get(&format!("/comments/{id}")).expect(200).text(), before);
        assert_eq!(campus.u2.client.get(&format!("/posts/{post}")).at("/comment_count"), json!(1));
    }

    fn post_5_an_answered_question_stays_as_it_is(kind) {
        let campus = Campus::open(kind);
        let body = json!({ "contents": "Where is the library?", "is_question": true });
        let path = format!("/boards/{}/posts", campus.open_board);
        let post = campus.u1.client.post(&path, body).expect(201).string("/id");
        let path = format!("/posts/{post}");
        campus.comment(&campus.u1, &post, "Anybody?");
        campus.u1.client.patch(&path, json!({ "contents": "Where is the gym?" })).expect(200);
        let answer = campus.comment(&campus.u2, &post, "Behind the hall.");
        campus.u2.client.delete(&format!("/comments/{answer}")).expect(204);
        campus.u1.client.patch(&path, json!({ "contents": "Never mind." })).refused(409, "question_locked");
        campus.u1.client.delete(&path).refused(409, "question_locked");
        let locked = campus.u1.client.patch(&path, json!({ "comments_locked": true })).expect(200);
        assert_eq!((locked.at("/cannot/edit"), locked.at("/cannot/delete")), (json!("question_locked"), json!("question_locked")));
        comment(&campus.u2, &post, json!({ "contents": "a" })).refused(403, "comments_locked");
        assert_eq!(campus.u2.client.get(&path).at("/cannot/comment"), "comments_locked");
    }

    fn own_lists_hold_what_one_wrote(kind) {
        let campus = Campus::open(kind);
        let path = format!("/boards/{}/posts", campus.open_board);
        let secret = json!({ "title": "Secret", "contents": "A secret #night", "is_anonymous": true });
        let secret = campus.u1.client.post(&path, secret).expect(201).string("/id");
        let named = campus.post(&campus.u2, "Lunch");
        let own = anonymously(&campus.u1, &named);
        let ids = |person: &Person, path: &str| -> Vec<String> {
            let page = person.client.get(path).expect(200).at("/results");
            page.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(ids(&campus.u1, "/me/posts"), vec![secret.clone()]);
        assert_eq!(ids(&campus.u1, "/me/posts?search=night"), vec![secret.clone()]);
        assert_eq!(ids(&campus.u1, "/me/posts?search=lunch"), [""; 0]);
        assert_eq!(ids(&campus.u1, "/me/posts?is_anonymous=false"), [""; 0]);
        assert_eq!(ids(&campus.u1, &format!("/me/posts?board={}", campus.open_board)), [secret]);
        assert_eq!(ids(&campus.u2, "/me/posts"), vec![named.clone()]);
        assert_eq!(ids(&campus.u2, "/me/comments"), [""; 0]);
        let mine = campus.u1.client.get("/me/comments").expect(200).at("/results/0");
        assert_eq!((mine["id"].clone(), mine["is_mine"].clone()), (json!(own), json!(true)));
        assert_eq!((mine["post"]["id"].clone(), mine["post"]["title"].clone()), (json!(named), json!("Lunch")));
        assert_eq!(mine["board"]["id"], json!(campus.open_board));
        assert!(mine.get("replies").is_none() && mine.get("replies_next").is_none());
        campus.u1.client.get("/me/comments?author=1").refused(400, "unknown_parameter");
        campus.u1.client.get("/me/posts?author=1").refused(400, "unknown_parameter");
    }

    fn del_6_a_job_erases_comments_whose_time_in_the_trash_is_over(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let post = campus.post(&campus.u2, "Lunch");
        let id = campus.comment(&campus.u1, &post, "Erasable");
        let answer = reply(&campus.u2, &post, &id);
        campus.u1.client.delete(&format!("/comments/{id}")).expect(204);
        let is_there = || look::dump(&campus.server.database_url()).iter().any(|cell| cell.value.contains("Erasable"));
        assert!(is_there());
        campus.server.clock().advance(Duration::from_secs(30 * 24 * 60 * 60));
        let begun = Instant::now();
        while is_there() {
            assert!(begun.elapsed() < Duration::from_secs(20), "it is still there");
            sleep(Duration::from_millis(20));
        }
        let u1 = campus.u1.log_in().client;
        u1.post(&format!("/me/trash/{id}/restore"), json!({})).refused(404, "not_found");
        let listed = u1.get(&format!("/posts/{post}/comments")).expect(200).at("/results/0");
        assert_eq!((&listed["id"], &listed["state"], &listed["contents"]), (&json!(id), &json!("deleted"), &Value::Null));
        assert_eq!(listed["replies"][0]["id"], json!(answer));
    }
}
