//! Whom people block, and what they do not see any more.

use crate::media::{post_with, upload};
use crate::on_both;
use crate::visibility::mark;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Config, Person, Response};
use serde_json::{Value, json};
use std::time::Duration;

pub(crate) fn block(person: &Person, target: &str, id: &str) -> Response {
    person.client.post("/blocks", json!({ "target_type": target, "target_id": id }))
}

/// A post of `author` without a name.
fn anonymous(campus: &Campus, author: &Person, title: &str) -> String {
    let body = json!({ "title": title, "contents": format!("About {title}."), "is_anonymous": true });
    author.client.post(&format!("/boards/{}/posts", campus.open_board), body).expect(201).string("/id")
}

/// A comment of `author` without a name.
fn whisper(author: &Person, post: &str, parent: Option<&str>) -> String {
    let body = json!({ "contents": "Psst.", "is_anonymous": true, "parent_id": parent });
    author.client.post(&format!("/posts/{post}/comments"), body).expect(201).string("/id")
}

fn reply(author: &Person, post: &str, parent: &str) -> String {
    let body = json!({ "contents": "Indeed.", "parent_id": parent });
    author.client.post(&format!("/posts/{post}/comments"), body).expect(201).string("/id")
}

/// The comments of a post with their states and replies.
fn tree(person: &Person, post: &str) -> Vec<(String, String, Vec<String>)> {
    let id = |row: &Value| row["id"].as_str().unwrap().to_owned();
    let rows = person.client.get(&format!("/posts/{post}/comments?limit=100")).expect(200).at("/results");
    let rows = rows.as_array().unwrap().iter().map(|row| {
        let replies = row["replies"].as_array().unwrap().iter().map(id).collect();
        (id(row), row["state"].as_str().unwrap().to_owned(), replies)
    });
    rows.collect()
}

fn shown(id: &str, state: &str, replies: &[&str]) -> (String, String, Vec<String>) {
    (id.to_owned(), state.to_owned(), replies.iter().map(|id| (*id).to_owned()).collect())
}

/// Whether any list that could name the post does, and whether its details and what hangs on them are there.
fn sees(campus: &Campus, person: &Person, post: &str, image: &str) -> (bool, bool) {
    let paths = [
        "/posts".to_owned(),
        "/posts?search=about".to_owned(),
        "/posts?search=findable".to_owned(),
        "/posts?title__icontains=find".to_owned(),
        "/posts/hot".to_owned(),
        "/posts/best".to_owned(),
        format!("/boards/{}/posts", campus.open_board),
        "/me/scraps".to_owned(),
    ];
    let listed = paths.map(|path| {
        let rows = person
            .client
            .get(&format!("{path}{}limit=100", if path.contains('?') { "&" } else { "?" }))
            .expect(200);
        rows.text().contains(post)
    });
    let details =
        [format!("/posts/{post}"), format!("/posts/{post}/comments"), format!("/media/{image}/full")]
            .map(|path| person.client.get(&path).status);
    assert!(details == [200; 3] || details == [404; 3], "{details:?}");
    (listed.iter().any(|listed| *listed), details == [200; 3])
}

on_both! {
    fn blk_1_oneself_and_ones_own_items_cannot_be_blocked(kind) {
        let campus = Campus::open(kind);
        let u1 = &campus.u1;
        let (named, hidden) = (campus.post(u1, "Mine"), anonymous(&campus, u1, "Mine too"));
        let under = campus.post(&campus.u2, "Theirs");
        let comments = [campus.comment(u1, &under, "Mine"), whisper(u1, &under, None)];
        for (target, id) in [("user", &u1.id), ("post", &named), ("post", &hidden), ("comment", &comments[0]), ("comment", &comments[1])] {
            block(u1, target, id).refused_field("target_id", "self");
        }
        assert_eq!(u1.client.get("/blocks").expect(200).at("/count"), json!(0));
        let nobody = "01890000-0000-7000-8000-000000000000";
        for target in ["user", "post", "comment", "message_thread"] {
            block(u1, target, nobody).refused(404, "not_found");
        }
        // An id of another kind is none.
        block(u1, "comment", &under).refused(404, "not_found");
        block(u1, "user", &campus.u3.id).refused(404, "not_found");
        block(u1, "user", &campus.g.id).refused(404, "not_found");
        let theirs = u1.client.get(&format!("/users/{}", u1.id)).expect(200);
        assert_eq!((theirs.at("/can/block"), theirs.at("/cannot/block")), (json!(false), json!("validation_failed")), "as the call answers");
        let others = u1.client.get(&format!("/users/{}", campus.u2.id)).expect(200);
        assert_eq!(others.at("/can/block"), json!(true));
        u1.client.post("/blocks", json!({ "target_type": "board", "target_id": nobody }))
            .refused_field("target_type", "invalid_choice");
        block(&campus.g, "user", &campus.u2.id).refused(403, "email_unverified");
        mark(&campus, "posts", &under, "hidden_reason = 'spam'");
        block(&campus.moderator, "post", &under).refused(403, "item_hidden");
        block(&campus.moderator, "comment", &comments[0]).refused(403, "item_hidden");
    }

    fn blk_1_a_repeated_block_is_the_same_and_unblocking_restores_everything(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let post = campus.post(u1, "Named");
        let thread = campus.post(&campus.moderator, "Thread");
        let comment = campus.comment(u1, &thread, "Named");
        let before = [u2.client.get("/posts").expect(200).at("/results"), u2.client.get(&format!("/posts/{thread}/comments")).expect(200).at("/results")];
        let first = block(u2, "user", &u1.id).expect(201);
        assert_eq!(first.header("location"), Some("https://madang.test/api/v1/blocks"));
        for (target, id) in [("user", &u1.id), ("post", &post), ("comment", &comment)] {
            let again = block(u2, target, id).expect(200);
            assert_eq!(again.json(), first.json(), "{target}");
        }
        assert_eq!(u2.client.get("/blocks").expect(200).at("/count"), json!(1));
        assert_eq!(u2.client.get("/posts").expect(200).text().matches(&post).count(), 0);
        u1.client.delete(&format!("/blocks/{}", first.string("/id"))).refused(404, "not_found");
        u2.client.delete(&format!("/blocks/{}", first.string("/id"))).expect(204);
        u2.client.delete(&format!("/blocks/{}", first.string("/id"))).refused(404, "not_found");
        let after = [u2.client.get("/posts").expect(200).at("/results"), u2.client.get(&format!("/posts/{thread}/comments")).expect(200).at("/results")];
        assert_eq!(after, before);
        assert_eq!(u2.client.get("/blocks").expect(200).at("/count"), json!(0));
    }

    fn blk_2_vis_4_everything_named_of_the_blocked_one_vanishes_for_the_blocker_alone(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.hot_likes", 1).with("posts.best_likes", 1));
        let (u1, staff) = (&campus.u1, [&campus.moderator, &campus.admin]);
        for blocker in [&campus.u2, staff[0], staff[1]] {
            let image = upload(u1, 1);
            let post = post_with(u1, &campus.open_board, &format!("Findable {}", blocker.username), &[&image]);
            blocker.client.put(&format!("/posts/{post}/scrap")).expect(204);
            blocker.client.call("POST", &format!("/posts/{post}/likes")).send().expect(201);
            let own = campus.comment(blocker, &post, "Own words");
            let other = campus.comment(&campus.u2, &post, "Others' words");
            let (thread, theirs) = (campus.post(u1, "By them"), campus.post(&campus.student(&format!("by{}", blocker.username)), "By somebody"));
            let comment = campus.comment(u1, &theirs, "Named");
            assert_eq!(sees(&campus, blocker, &post, &image), (true, true));

            let id = block(blocker, "comment", &comment).expect(201).string("/id");
            assert_eq!(sees(&campus, blocker, &post, &image), (false, false), "{}", blocker.username);
            let call = |method: &str, path: String, body: Option<Value>| {
                let call = blocker.client.call(method, &path);
                let call = match body { Some(body) => call.json(&body), None => call };
                call.send().refused(404, "not_found");
            };
            call("POST", format!("/posts/{thread}/likes"), None);
            call("PUT", format!("/posts/{thread}/scrap"), None);
            call("DELETE", format!("/posts/{thread}/scrap"), None);
            call("PUT", format!("/posts/{thread}/mute"), None);
            call("DELETE", format!("/posts/{thread}/mute"), None);
            call("PATCH", format!("/posts/{thread}"), Some(json!({ "contents": "Mine" })));
            call("DELETE", format!("/posts/{thread}"), None);
            call("POST", format!("/posts/{thread}/comments"), Some(json!({ "contents": "Hello" })));
            call("POST", format!("/posts/{theirs}/comments"), Some(json!({ "contents": "Hello", "parent_id": comment })));
            // The comment itself, one's own and everybody's words under the post.
            for comment in [&comment, &own, &other] {
                call("GET", format!("/comments/{comment}"), None);
                call("GET", format!("/comments/{comment}/replies"), None);
                call("POST", format!("/comments/{comment}/likes"), None);
                call("DELETE", format!("/comments/{comment}"), None);
                call("PATCH", format!("/comments/{comment}"), Some(json!({ "contents": "Mine" })));
            }
            if blocker.id != campus.u2.id {
                block(blocker, "comment", &other).refused(404, "not_found");
            }
            assert!(!blocker.client.get("/me/comments").expect(200).text().contains(&own));
            assert_eq!(tree(blocker, &theirs), []);
            assert_eq!(blocker.client.get(&format!("/posts/{theirs}")).expect(200).at("/comment_count"), json!(1));
            // What was kept before can be let go.
            blocker.client.delete(&format!("/posts/{post}/scrap")).expect(204);
            // Everybody else, the blocked one too, sees all of it; and the blocked one is told nothing.
            let witness = campus.student(&format!("seen{}", blocker.username));
            assert_eq!(sees(&campus, &witness, &post, &image), (true, true));
            assert!(sees(&campus, u1, &post, &image).1);
            let mine = campus.post(blocker, "By the blocker");
            campus.comment(u1, &mine, "I see you");
            assert_eq!(tree(blocker, &mine), []);
            assert_eq!(tree(u1, &mine).len(), 1);
            assert_eq!(u1.client.get("/blocks").expect(200).at("/count"), json!(0));
            blocker.client.delete(&format!("/blocks/{id}")).expect(204);
            assert_eq!(tree(blocker, &mine).len(), 1);
        }
    }

    fn blk_2_the_notice_of_a_board_is_not_that_of_a_blocked_author(kind) {
        let campus = Campus::open(kind);
        let notice = campus.post(&campus.moderator, "Read this");
        let path = format!("/boards/{}", campus.open_board);
        let admin = &campus.admin.client;
        let board = format!("/admin/boards/{}", campus.open_board);
        let etag = admin.get(&board).expect(200).etag();
        admin.call("PATCH", &board).if_match(&etag).json(&json!({ "manager_id": campus.moderator.id })).send().expect(200);
        campus.moderator.client.patch(&path, json!({ "notice_post_id": notice })).expect(200);
        let shown = |person: &Person| person.client.get(&path).expect(200).at("/notice/id");
        assert_eq!((shown(&campus.u1), shown(&campus.u2)), (json!(notice), json!(notice)));
        block(&campus.u2, "user", &campus.moderator.id).expect(201);
        assert_eq!((shown(&campus.u1), shown(&campus.u2)), (json!(notice), Value::Null));
    }

    fn blk_3_an_anonymous_author_is_blocked_in_that_thread_alone(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let (first, second) = (anonymous(&campus, u1, "One"), anonymous(&campus, u1, "Two"));
        let named = campus.post(u1, "Three");
        let thread = campus.post(&campus.moderator, "Four");
        let whispers = [whisper(u1, &thread, None), whisper(u1, &thread, None)];
        let spoken = campus.comment(u1, &thread, "By name");
        let other = whisper(&campus.admin, &thread, None);
        whisper(u1, &second, None);
        let elsewhere = u2.client.get(&format!("/posts/{second}/comments")).expect(200).json();

        let block_of_comment = block(u2, "comment", &whispers[0]).expect(201);
        assert_eq!((block_of_comment.at("/target_type"), block_of_comment.at("/label"), block_of_comment.at("/user")),
            (json!("comment"), json!("Anonymous 1"), Value::Null));
        assert_eq!(block_of_comment.at("/context/id"), json!(thread));
        assert_eq!(tree(u2, &thread), [shown(&spoken, "live", &[]), shown(&other, "live", &[])]);
        assert_eq!(block(u2, "comment", &whispers[1]).expect(200).json(), block_of_comment.json());
        u2.client.get(&format!("/comments/{}", whispers[1])).refused(404, "not_found");

        let block_of_post = block(u2, "post", &first).expect(201);
        assert_eq!((block_of_post.at("/target_type"), block_of_post.at("/label")), (json!("post"), json!("Anonymous (author)")));
        assert_eq!(block_of_post.at("/context/title"), json!("One"));
        u2.client.get(&format!("/posts/{first}")).refused(404, "not_found");
        assert_eq!(block(u2, "post", &first).expect(200).json(), block_of_post.json());
        for post in [&second, &named, &thread] {
            u2.client.get(&format!("/posts/{post}")).expect(200);
        }
        assert_eq!(u2.client.get(&format!("/posts/{second}/comments")).expect(200).json(), elsewhere);
        // A comment by the label of the author of a post covers the post.
        let label = u2.client.get(&format!("/posts/{second}/comments")).expect(200).string("/results/0/id");
        block(u2, "comment", &label).expect(201);
        u2.client.get(&format!("/posts/{second}")).refused(404, "not_found");
        u2.client.get(&format!("/posts/{named}")).expect(200);
    }

    fn cmt_4_a_blocked_comment_is_absent_or_a_placeholder_for_its_replies(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let post = campus.post(&campus.moderator, "Thread");
        let bare = campus.comment(u1, &post, "Bare");
        let answered = campus.comment(u1, &post, "Answered");
        let alone = campus.comment(u1, &post, "Answered by oneself");
        let gone = campus.comment(u2, &post, "Gone");
        let kept = reply(&campus.moderator, &post, &answered);
        let mine = reply(u2, &post, &answered);
        reply(u1, &post, &answered);
        reply(u1, &post, &alone);
        reply(u1, &post, &gone);
        let after = campus.comment(u2, &post, "After");
        u2.client.delete(&format!("/comments/{gone}")).expect(204);
        assert_eq!(tree(u2, &post).len(), 5);
        block(u2, "user", &u1.id).expect(201);
        assert_eq!(tree(u2, &post), [shown(&answered, "blocked", &[&kept, &mine]), shown(&after, "live", &[])]);
        let placeholder = u2.client.get(&format!("/posts/{post}/comments")).expect(200).at("/results/0");
        for (field, value) in [
            ("contents", Value::Null), ("author", Value::Null), ("is_mine", json!(false)), ("like_count", json!(0)),
            ("liked", json!(false)), ("reply_count", json!(3)), ("hidden_reason", Value::Null),
        ] {
            assert_eq!(placeholder[field], value, "{field}");
        }
        assert!(placeholder["can"].as_object().unwrap().values().all(|can| can == &json!(false)));
        let mut cannot = placeholder["cannot"].as_object().unwrap().clone();
        assert_eq!(cannot.remove("remove"), Some(json!("forbidden")), "members remove nothing, whatever it is");
        assert!(cannot.values().all(|code| code == "not_found"), "{placeholder}");
        let replies = u2.client.get(&format!("/comments/{answered}/replies")).expect(200).at("/results");
        assert_eq!(replies.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect::<Vec<_>>(), [&kept, &mine]);
        for comment in [&bare, &answered, &alone, &gone] {
            u2.client.get(&format!("/comments/{comment}")).refused(404, "not_found");
        }
        for comment in [&bare, &alone, &gone] {
            u2.client.get(&format!("/comments/{comment}/replies")).refused(404, "not_found");
        }
        // One's own words under the blocked one's stay one's own.
        u2.client.get(&format!("/comments/{mine}")).expect(200);
        u2.client.delete(&format!("/comments/{mine}")).expect(204);
        // Counts are stored, whoever looks.
        assert_eq!(u2.client.get(&format!("/posts/{post}")).expect(200).at("/comment_count"), json!(8));
        assert_eq!(u1.client.get(&format!("/comments/{answered}")).expect(200).at("/reply_count"), json!(2));
    }

    fn blk_5_the_list_is_the_owners_with_names_and_labels_in_the_readers_language(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let post = anonymous(&campus, u1, "Whispered");
        let comment = whisper(&campus.moderator, &post, None);
        for (target, id) in [("comment", &comment), ("post", &post), ("user", &u1.id)] {
            campus.server.clock().advance(Duration::from_secs(1));
            block(u2, target, id).expect(201);
        }
        let list = |query: &str| u2.client.get(&format!("/blocks{query}")).expect(200).at("/results");
        let all = list("");
        let labels: Vec<_> = all.as_array().unwrap().iter().map(|row| row["label"].as_str().unwrap()).collect();
        assert_eq!(labels, ["user1", "Anonymous (author)", "Anonymous 1"]);
        assert_eq!(all[0]["user"], json!({ "id": u1.id, "nickname": "user1", "image_url": null }));
        assert_eq!((&all[0]["context"], &all[0]["target_type"]), (&Value::Null, &json!("user")));
        assert_eq!((&all[1]["user"], &all[1]["context"]["title"]), (&Value::Null, &json!("Whispered")));
        let keys: Vec<_> = all[0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["context", "created_at", "id", "label", "target_type", "user"]);
        assert_eq!(list("?target_type=post"), json!([all[1]]));
        assert_eq!(list("?target_type__in=user,comment"), json!([all[0], all[2]]));
        assert_eq!(list("?ordering=created_at"), json!([all[2], all[1], all[0]]));
        assert_eq!(list("?page=2&page_size=2"), json!([all[2]]));
        u2.client.get("/blocks?target_type=board").refused(400, "validation_failed");
        let korean = u2.client.with_header("accept-language", "ko").get("/blocks").expect(200).at("/results");
        assert_eq!((&korean[1]["label"], &korean[2]["label"]), (&json!("익명(글쓴이)"), &json!("익명 1")));
        for other in [u1, &campus.moderator, &campus.admin] {
            assert_eq!(other.client.get("/blocks").expect(200).at("/results"), json!([]));
            other.client.delete(&format!("/blocks/{}", all[0]["id"].as_str().unwrap())).refused(404, "not_found");
        }
        campus.g.client.get("/blocks").refused(403, "email_unverified");

        // What cannot be read any more is not named here either; who has left has no name.
        mark(&campus, "posts", &post, "hidden_reason = 'spam'");
        assert_eq!((&list("")[1]["context"], &list("")[1]["label"]), (&Value::Null, &json!("Anonymous (author)")));
        mark(&campus, "posts", &post, "hidden_reason = NULL");
        assert_eq!(list("")[1], all[1]);
        u1.client.delete(&format!("/posts/{post}")).expect(204);
        assert_eq!(list("")[2]["context"], Value::Null);
        u1.log_in().client.post("/me/withdrawal", json!({ "password": PASSWORD })).expect(204);
        let left = &list("")[0];
        assert_eq!((&left["label"], &left["user"], &left["target_type"]), (&json!("Withdrawn user"), &Value::Null, &json!("user")));
    }

    fn blk_5_a_profile_tells_no_block_from_a_closed_door(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let profile = |of: &Person, by: &Person| by.client.get(&format!("/users/{}", of.id)).expect(200);
        let open = profile(u2, u1);
        u2.client.patch("/me", json!({ "settings": { "accept_messages": false, "accept_friend_requests": false } })).expect(200);
        let closed = profile(u2, u1);
        assert_ne!(open.json(), closed.json());
        u2.client.patch("/me", json!({ "settings": { "accept_messages": true, "accept_friend_requests": true } })).expect(200);
        let id = block(u2, "user", &u1.id).expect(201).string("/id");
        assert_eq!(profile(u2, u1).json(), closed.json(), "the blocked one sees what a closed door looks like");
        assert_eq!(profile(u1, u2).at("/cannot/message"), json!("recipient_unavailable"));
        assert_eq!(profile(u1, u2).at("/can/block"), json!(true));
        u2.client.delete(&format!("/blocks/{id}")).expect(204);
        assert_eq!(profile(u2, u1).json(), open.json());
    }

    fn del_5_acc_23_blocks_are_private_rows_of_their_owner(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let (u1, u2) = (&campus.u1, &campus.u2);
        let whispered = anonymous(&campus, u1, "Whispered");
        block(u2, "user", &u1.id).expect(201);
        block(u2, "post", &whispered).expect(201);
        let exported = |person: &Person| -> Value {
            let path = crate::exports::made(&person.client);
            let archive = person.client.get(&format!("{path}/file")).expect(200);
            let files = crate::exports::unpack(&archive.body);
            files.into_iter().find(|(name, ..)| name.contains("blocks")).map_or(Value::Null, |(_, value, _)| value)
        };
        let own = exported(u2);
        let text = own.to_string();
        assert!(text.contains(&u1.id) && text.contains(&whispered), "{text}");
        assert!(!exported(u1).to_string().contains(&u2.id));
    }
}
