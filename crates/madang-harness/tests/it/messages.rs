//! What people write to each other.

mod blocks;
mod notices;

use crate::on_both;
use crate::visibility::mark;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Config, Person, Response};
use madang_testkit::look;
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) fn open(person: &Person, kind: &str, id: &str, contents: &str) -> Response {
    let body = json!({ "context_type": kind, "context_id": id, "contents": contents });
    person.client.post("/message-threads", body)
}

pub(crate) fn send(person: &Person, thread: &str, contents: &str) -> Response {
    person.client.post(&format!("/message-threads/{thread}/messages"), json!({ "contents": contents }))
}

pub(crate) fn threads(person: &Person) -> Vec<String> {
    let rows = person.client.get("/message-threads").expect(200).at("/results");
    rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

/// The texts of a thread, the latest first.
fn texts(person: &Person, thread: &str) -> Vec<String> {
    let rows = person.client.get(&format!("/message-threads/{thread}/messages")).expect(200).at("/results");
    rows.as_array().unwrap().iter().map(|row| row["contents"].as_str().unwrap().to_owned()).collect()
}

fn thread(person: &Person, id: &str) -> Value {
    person.client.get(&format!("/message-threads/{id}")).expect(200).json()
}

/// A post of `author` without a name.
pub(crate) fn anonymous(campus: &Campus, author: &Person, title: &str) -> String {
    let body = json!({ "title": title, "contents": format!("About {title}."), "is_anonymous": true });
    author.client.post(&format!("/boards/{}/posts", campus.open_board), body).expect(201).string("/id")
}

/// A comment of `author` without a name.
pub(crate) fn whisper(author: &Person, post: &str) -> String {
    let body = json!({ "contents": "Psst.", "is_anonymous": true });
    author.client.post(&format!("/posts/{post}/comments"), body).expect(201).string("/id")
}

fn settings(person: &Person, settings: &Value) {
    person.client.patch("/me", json!({ "settings": settings })).expect(200);
}

on_both! {
    fn msg_1_a_thread_is_one_for_an_item_and_its_opener_and_one_for_a_pair(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let post = campus.post(u1, "Lunch");
        let comment = campus.comment(u1, &post, "Anyone?");
        let first = open(u2, "post", &post, "Me").expect(201);
        let id = first.string("/id");
        assert_eq!(first.header("location"), Some(format!("https://madang.test/api/v1/message-threads/{id}").as_str()));
        assert_eq!(open(u2, "post", &post, "Me too").expect(200).string("/id"), id);
        let about_comment = open(u2, "comment", &comment, "Me").expect(201).string("/id");
        let by_name = open(u2, "user", &u1.id, "Hello").expect(201).string("/id");
        assert_eq!(open(u1, "user", &u2.id, "Hello yourself").expect(200).string("/id"), by_name);
        assert_eq!(open(&campus.moderator, "post", &post, "Me").expect(201).string("/context/id"), post);
        let mut all = threads(u2);
        all.sort();
        let mut expected = [id.clone(), about_comment.clone(), by_name.clone()];
        expected.sort();
        assert_eq!(all, expected);
        assert_eq!(threads(u1).len(), 4);
        assert_eq!((texts(u1, &id), texts(u2, &by_name)), (vec!["Me too".to_owned(), "Me".to_owned()], vec!["Hello yourself".to_owned(), "Hello".to_owned()]));

        let whispered = whisper(u1, &post);
        for (kind, id) in [("user", &u1.id), ("post", &post), ("comment", &comment), ("comment", &whispered)] {
            open(u1, kind, id, "Me").refused_field("context_id", "self");
        }
        let nobody = "01890000-0000-7000-8000-000000000000";
        for kind in ["user", "post", "comment"] {
            open(u1, kind, nobody, "Me").refused(404, "not_found");
        }
        for (kind, id) in [("post", &post), ("comment", &comment), ("user", &u1.id)] {
            open(&campus.u3, kind, id, "Me").refused(404, "not_found");
            open(&campus.g, kind, id, "Me").refused(403, "email_unverified");
        }
        open(u1, "user", &campus.g.id, "Me").refused(404, "not_found");
        u1.client.post("/message-threads", json!({ "context_type": "board", "context_id": nobody, "contents": "x" }))
            .refused_field("context_type", "invalid_choice");
        mark(&campus, "comments", &comment, "hidden_reason = 'spam'");
        open(&campus.moderator, "comment", &comment, "Me").refused(403, "item_hidden");
        mark(&campus, "posts", &post, "hidden_reason = 'spam'");
        open(u2, "post", &post, "Me").refused(403, "item_hidden");
        open(u2, "comment", &whispered, "Me").refused(403, "item_hidden");
    }

    fn msg_1_what_an_own_item_foretells_is_what_the_call_answers(kind) {
        let campus = Campus::open(kind);
        let u1 = &campus.u1;
        let (named, nameless) = (campus.post(u1, "Mine"), anonymous(&campus, u1, "Mine too"));
        let under = campus.post(&campus.u2, "Theirs");
        let (said, whispered) = (campus.comment(u1, &under, "Mine"), whisper(u1, &under));
        for (kind, id, path) in [
            ("post", &named, "posts"), ("post", &nameless, "posts"), ("comment", &said, "comments"),
            ("comment", &whispered, "comments"), ("user", &u1.id, "users"),
        ] {
            let item = u1.client.get(&format!("/{path}/{id}")).expect(200);
            assert_eq!(item.at("/can/message"), json!(false), "{kind}");
            let refused = open(u1, kind, id, "Me").refused_field("context_id", "self");
            assert_eq!(item.at("/cannot/message"), refused.at("/code"), "{kind}");
        }
    }

    fn msg_2_a_named_context_names_both_sides_and_an_anonymous_one_neither(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let (named, hidden) = (campus.post(u1, "Named"), anonymous(&campus, u1, "Whispered"));
        let whispered = whisper(u1, &named);
        let id = open(u2, "post", &named, "Hello").expect(201).string("/id");
        let other = |of: &Person, by: &Person, id: &str| {
            let seen = thread(by, id)["other"].clone();
            assert_eq!(seen["id"], json!(of.id));
            (seen["kind"].clone(), seen["nickname"].clone(), seen["label"].clone(), seen["is_post_author"].clone())
        };
        assert_eq!(other(u1, u2, &id), (json!("named"), json!("user1"), Value::Null, json!(true)));
        assert_eq!(other(u2, u1, &id), (json!("named"), json!("user2"), Value::Null, json!(false)));
        let sender = |by: &Person, id: &str| by.client.get(&format!("/message-threads/{id}/messages")).expect(200).at("/results/0/sender");
        assert_eq!((&sender(u1, &id)["nickname"], &sender(u2, &id)["nickname"]), (&json!("user2"), &json!("user2")));

        for (kind, item, label, number, is_author) in [
            ("post", &hidden, "Anonymous (author)", Value::Null, true),
            ("comment", &whispered, "Anonymous 1", json!(1), false),
        ] {
            let opened = open(u2, kind, item, "Who are you?").expect(201);
            let id = opened.string("/id");
            send(u1, &id, "Nobody").expect(201);
            let of_author = json!({
                "kind": "anonymous", "id": null, "nickname": null, "image_url": null,
                "label": label, "number": number, "is_post_author": is_author,
            });
            let of_opener = json!({
                "kind": "anonymous", "id": null, "nickname": null, "image_url": null,
                "label": "Anonymous", "number": null, "is_post_author": false,
            });
            for (reader, theirs) in [(u1, &of_opener), (u2, &of_author)] {
                let seen = thread(reader, &id);
                assert_eq!((&seen["other"], &seen["context_type"]), (theirs, &json!(kind)));
                let messages = reader.client.get(&format!("/message-threads/{id}/messages")).expect(200).at("/results");
                assert_eq!((&messages[0]["sender"], &messages[1]["sender"]), (&of_author, &of_opener));
                assert_eq!(messages[0]["is_mine"], json!(std::ptr::eq(reader, u1)));
                assert_eq!(seen["last_message"], messages[0]);
            }
            let korean = u1.client.with_header("accept-language", "ko").get(&format!("/message-threads/{id}")).expect(200);
            assert_eq!(korean.at("/other/label"), json!("익명"));
        }
    }

    fn msg_3_a_named_recipient_who_cannot_be_reached_is_one_answer(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let (post, other) = (campus.post(u1, "Lunch"), campus.post(u1, "Dinner"));
        let comment = campus.comment(u1, &post, "Anyone?");
        let id = open(u2, "post", &post, "Hello").expect(201).string("/id");
        let url = campus.server.database_url();
        let refusals = |what: &str, old_ones: bool| {
            let mut answers = vec![open(u2, "post", &other, "Hello"), open(u2, "comment", &comment, "Hello")];
            if old_ones {
                answers.extend([open(u2, "post", &post, "Hello"), send(u2, &id, "Hello")]);
                assert_eq!(thread(u2, &id)["cannot"]["reply"], json!("recipient_unavailable"), "{what}");
            }
            for path in [format!("/posts/{other}"), format!("/comments/{comment}")] {
                assert_eq!(u2.client.get(&path).expect(200).at("/cannot/message"), json!("recipient_unavailable"), "{what}");
            }
            answers.into_iter().map(|answer| {
                let problem = answer.refused(403, "recipient_unavailable").json();
                (problem["title"].clone(), problem["detail"].clone())
            }).collect::<std::collections::HashSet<_>>()
        };
        for path in [format!("/posts/{other}"), format!("/comments/{comment}"), format!("/users/{}", u1.id)] {
            assert_eq!(u2.client.get(&path).expect(200).at("/can/message"), json!(true));
        }
        settings(u1, &json!({ "accept_messages": false }));
        let mut told = refusals("refusing", false);
        open(u2, "user", &u1.id, "Hello").refused(403, "recipient_unavailable");
        open(u2, "post", &post, "Hello").expect(200);
        send(u2, &id, "Hello").expect(201);
        settings(u1, &json!({ "accept_messages": true }));
        let block = crate::blocks::block(u1, "user", &u2.id).expect(201).string("/id");
        told.extend(refusals("blocked", true));
        assert!(!threads(u1).contains(&id));
        send(u1, &id, "Hello").refused(404, "not_found");
        u1.client.delete(&format!("/blocks/{block}")).expect(204);
        assert!(threads(u1).contains(&id));
        let user = crate::visibility::literal(&url, &u1.id);
        look::change(&url, &format!("UPDATE users SET state = 'banned' WHERE id = {user}"));
        told.extend(refusals("banned", true));
        look::change(&url, &format!("UPDATE users SET state = 'active' WHERE id = {user}"));
        send(u2, &id, "Hello").expect(201);
        u1.log_in().client.post("/me/withdrawal", json!({ "password": PASSWORD })).expect(204);
        told.extend(refusals("withdrawn", true));
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((&thread(u2, &id)["other"]["kind"], &thread(u2, &id)["other"]["label"]), (&json!("withdrawn"), &json!("Withdrawn user")));
    }

    fn msg_3_an_anonymous_recipient_is_reached_unless_they_take_no_such_messages(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let posts = ["One", "Two", "Three"].map(|title| anonymous(&campus, u1, title));
        let id = open(u2, "post", &posts[0], "Hello").expect(201).string("/id");
        settings(u1, &json!({ "accept_messages": false }));
        crate::blocks::block(u1, "user", &u2.id).expect(201);
        open(u2, "post", &posts[1], "Hello").expect(201);
        send(u2, &id, "Hello").expect(201);
        settings(u1, &json!({ "accept_anonymous_messages": false }));
        open(u2, "post", &posts[2], "Hello").refused(403, "recipient_unavailable");
        open(u2, "post", &posts[0], "Hello").expect(200);
        send(u2, &id, "Hello").expect(201);
        // Nothing of it shows before: it is the same for every anonymous item.
        assert_eq!(u2.client.get(&format!("/posts/{}", posts[2])).expect(200).at("/can/message"), json!(true));
        settings(u1, &json!({ "accept_anonymous_messages": true }));
        let before = thread(u2, &id);
        u1.log_in().client.post("/me/withdrawal", json!({ "password": PASSWORD })).expect(204);
        assert_eq!(thread(u2, &id), before);
        send(u2, &id, "Hello").expect(201);
        open(u2, "post", &posts[2], "Hello").expect(201);
    }

    fn msg_4_a_message_has_1_to_1000_characters_and_stays_as_it_is(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let id = open(u2, "user", &u1.id, &"가".repeat(1000)).expect(201).string("/id");
        for (contents, code) in [("가".repeat(1001), "max_length"), (" \n".to_owned(), "blank"), (String::new(), "blank")] {
            open(u2, "user", &u1.id, &contents).refused_field("contents", code);
            send(u2, &id, &contents).refused_field("contents", code);
        }
        let sent = send(u1, &id, "one\ntwo").expect(201);
        assert_eq!(sent.header("location"), Some(format!("https://madang.test/api/v1/message-threads/{id}").as_str()));
        let keys: Vec<_> = sent.json().as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, ["can", "cannot", "contents", "created_at", "id", "is_mine", "is_unread", "sender", "thread_id"]);
        assert_eq!((sent.at("/is_mine"), sent.at("/is_unread"), sent.at("/thread_id")), (json!(true), json!(false), json!(id)));
        let keys: Vec<_> = thread(u1, &id).as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, ["can", "cannot", "context", "context_type", "created_at", "id", "last_message", "last_message_at", "other", "unread_count"]);
        for method in ["PATCH", "DELETE"] {
            let path = format!("/message-threads/{id}/messages/{}", sent.string("/id"));
            u1.client.call(method, &path).json(&json!({ "contents": "x" })).send().expect(404);
        }
        let repeated = || u1.client.call("POST", &format!("/message-threads/{id}/messages"))
            .header("idempotency-key", "once").json(&json!({ "contents": "once" })).send().expect(201).string("/id");
        assert_eq!(repeated(), repeated());
        assert_eq!(texts(u2, &id).len(), 3);
    }

    fn msg_5_unread_counts_are_the_recipients_alone(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let (post, hidden) = (campus.post(u1, "Lunch"), anonymous(&campus, u1, "Whispered"));
        let first = open(u2, "post", &post, "One").expect(201).string("/id");
        campus.server.clock().advance(Duration::from_secs(1));
        let second = open(u2, "post", &hidden, "One").expect(201).string("/id");
        send(u2, &first, "Two").expect(201);
        let unread = |person: &Person, id: &str| thread(person, id)["unread_count"].as_i64().unwrap();
        assert_eq!((unread(u1, &first), unread(u1, &second), unread(u2, &first), unread(u2, &second)), (2, 1, 0, 0));
        let marks = |person: &Person| -> Vec<bool> {
            let rows = person.client.get(&format!("/message-threads/{first}/messages")).expect(200).at("/results");
            rows.as_array().unwrap().iter().map(|row| row["is_unread"].as_bool().unwrap()).collect()
        };
        assert_eq!((marks(u1), marks(u2)), (vec![true, true], vec![false, false]));
        let sent = u2.client.get(&format!("/message-threads/{first}")).expect(200);
        u1.client.put(&format!("/message-threads/{first}/read")).expect(204);
        u1.client.put(&format!("/message-threads/{first}/read")).expect(204);
        assert_eq!((unread(u1, &first), marks(u1)), (0, vec![false, false]));
        let after = u2.client.get(&format!("/message-threads/{first}")).expect(200);
        assert_eq!((after.bytes().2, after.etag()), (sent.bytes().2, sent.etag()), "the sender is not told");
        let list = |query: &str| u1.client.get(&format!("/message-threads?{query}")).expect(200).at("/results").as_array().unwrap().len();
        assert_eq!((list("is_unread=true"), list("is_unread=false"), list("context_type=post"), list("context_type__in=user,comment")), (1, 1, 2, 0));
        send(u1, &first, "Three").expect(201);
        assert_eq!((unread(u1, &first), unread(u2, &first)), (0, 1));
        // The one that was written to last comes first.
        assert_eq!(threads(u1), [first.clone(), second.clone()]);
        for person in [&campus.u3, &campus.moderator] {
            person.client.put(&format!("/message-threads/{first}/read")).refused(404, "not_found");
        }
        u1.client.get("/message-threads?ordering=created_at").refused(400, "unknown_parameter");
        u1.client.get("/message-threads?context_type=board").refused(400, "validation_failed");
    }

    fn msg_6_a_thread_is_deleted_on_one_side_and_comes_back_with_what_is_new(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let post = campus.post(u1, "Lunch");
        let id = open(u2, "post", &post, "One").expect(201).string("/id");
        send(u1, &id, "Two").expect(201);
        let path = format!("/message-threads/{id}");
        u1.client.call("DELETE", &path).if_match("\"stale\"").send().refused(412, "precondition_failed");
        u1.client.delete(&path).expect(204);
        u1.client.delete(&path).refused(404, "not_found");
        u1.client.get(&path).refused(404, "not_found");
        u1.client.get(&format!("{path}/messages")).refused(404, "not_found");
        u1.client.put(&format!("{path}/read")).refused(404, "not_found");
        send(u1, &id, "Three").refused(404, "not_found");
        assert_eq!((threads(u1), threads(u2)), (vec![], vec![id.clone()]));
        assert_eq!(texts(u2, &id), ["Two", "One"]);
        send(u2, &id, "Four").expect(201);
        assert_eq!((threads(u1), texts(u1, &id)), (vec![id.clone()], vec!["Four".to_owned()]));
        assert_eq!(thread(u1, &id)["unread_count"], json!(1));
        // Who opens it again gets it back as well.
        u2.client.delete(&path).expect(204);
        assert_eq!(open(u2, "post", &post, "Five").expect(200).string("/id"), id);
        assert_eq!((texts(u2, &id), texts(u1, &id)), (vec!["Five".to_owned()], vec!["Five".to_owned(), "Four".to_owned()]));
    }

    fn msg_6_what_both_sides_have_deleted_is_erased_after_the_trash_time(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let (u1, u2) = (&campus.u1, &campus.u2);
        let [gone, kept] = ["One", "Two"].map(|title| {
            open(u2, "post", &campus.post(u1, title), "A secret word").expect(201).string("/id")
        });
        for (person, id) in [(u1, &gone), (u2, &gone), (u1, &kept)] {
            person.client.delete(&format!("/message-threads/{id}")).expect(204);
        }
        let url = campus.server.database_url();
        let stored = || look::dump(&url).iter().filter(|cell| format!("{cell:?}").contains("A secret word")).count();
        assert_eq!(stored(), 2);
        campus.server.clock().advance(Duration::from_secs(40 * 24 * 3600));
        for _ in 0..200 {
            if stored() == 1 {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(stored(), 1, "the one is erased and the other is not");
        let u2 = u2.log_in();
        assert_eq!(texts(&u2, &kept), ["A secret word"]);
    }

    fn msg_8_a_thread_outlives_its_context(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let (post, hidden) = (campus.post(&campus.moderator, "Lunch"), anonymous(&campus, u1, "Whispered"));
        let comment = whisper(u1, &post);
        let ids = [("post", &hidden), ("comment", &comment)].map(|(kind, id)| open(u2, kind, id, "Hello").expect(201).string("/id"));
        let before = ids.each_ref().map(|id| thread(u2, id));
        assert_eq!((&before[0]["context"]["id"], &before[1]["context"]["id"]), (&json!(hidden), &json!(post)));
        mark(&campus, "posts", &hidden, "hidden_reason = 'spam'");
        assert_eq!(thread(u2, &ids[0])["context"], Value::Null);
        mark(&campus, "posts", &hidden, "hidden_reason = NULL");
        u1.client.delete(&format!("/posts/{hidden}")).expect(204);
        u1.client.delete(&format!("/comments/{comment}")).expect(204);
        for (id, before) in ids.iter().zip(before) {
            let after = thread(u2, id);
            assert_eq!((&after["context"], &after["other"], &after["can"]["reply"]), (&Value::Null, &before["other"], &json!(true)));
            send(u2, id, "Still there?").expect(201);
            assert_eq!(texts(u1, id).len(), 2);
        }
        open(u2, "post", &hidden, "Hello").refused(404, "not_found");
    }

    fn vis_5_s_64_a_thread_is_there_for_its_two_sides_alone(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let id = open(u2, "post", &anonymous(&campus, u1, "Whispered"), "Hello").expect(201).string("/id");
        let path = format!("/message-threads/{id}");
        for other in [&campus.u3, &campus.moderator, &campus.admin] {
            other.client.get(&path).refused(404, "not_found");
            other.client.get(&format!("{path}/messages")).refused(404, "not_found");
            send(other, &id, "Hello").refused(404, "not_found");
            other.client.delete(&path).refused(404, "not_found");
            other.client.put(&format!("{path}/read")).refused(404, "not_found");
            crate::blocks::block(other, "message_thread", &id).refused(404, "not_found");
            assert_eq!(threads(other), [""; 0]);
        }
        campus.g.client.get(&path).refused(403, "email_unverified");
        campus.v.get(&path).refused(401, "authentication_required");
        assert_eq!(texts(u1, &id), ["Hello"]);
    }

    fn acc_17_acc_23_restricted_members_read_and_everybody_takes_their_own_along(kind) {
        // The state is changed behind the server's back.
        let config = Config::default().with("jobs.interval_seconds", 0.05).with("auth.liveness", "database");
        let campus = Campus::with(kind, config);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let hidden = anonymous(&campus, u1, "Whispered");
        let id = open(u2, "post", &hidden, "A word of mine").expect(201).string("/id");
        send(u1, &id, "A word of theirs").expect(201);
        let path = crate::exports::made(&u2.client);
        let archive = u2.client.get(&format!("{path}/file")).expect(200);
        let files = crate::exports::unpack(&archive.body);
        let own = files.iter().find(|(name, ..)| name.contains("messages")).map(|(_, value, _)| value.to_string()).unwrap();
        assert!(own.contains("A word of mine") && own.contains("A word of theirs"), "{own}");
        assert!(!own.contains(&u1.id) && !own.contains("user1"), "{own}");
        let url = campus.server.database_url();
        look::change(&url, &format!("UPDATE users SET state = 'restricted' WHERE id = {}", crate::visibility::literal(&url, &u2.id)));
        send(u2, &id, "Hello").refused(403, "account_restricted");
        open(u2, "post", &hidden, "Hello").refused(403, "account_restricted");
        assert_eq!(thread(u2, &id)["cannot"]["reply"], json!("account_restricted"));
        assert_eq!(texts(u2, &id).len(), 2);
    }
}
