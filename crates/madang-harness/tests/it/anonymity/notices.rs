//! ANON-5h: what people are told of anonymous items.

use super::World;
use super::crawl::{Crawl, Seen};
use crate::on_both;
use crate::visibility::literal;
use madang_harness::{Frame, Person};
use madang_testkit::look;
use serde_json::{Value, json};

/// What each person reads of notices, ids and instants blanked: they are new each time.
fn told(people: &[(&'static str, &Person)]) -> Crawl {
    let paths = [
        "/notifications?limit=100",
        "/notifications?is_read=false",
        "/notifications?kind=reply",
        "/me/unread",
    ];
    let all = people.iter().flat_map(|(name, person)| paths.map(|path| (*name, *person, path)));
    all.map(|(name, person, path)| {
        let mut body = person.client.get(path).expect(200).json();
        for notice in body["results"].as_array_mut().into_iter().flatten() {
            for field in ["id", "created_at", "target"] {
                notice[field] = Value::Null;
            }
            // Who acts by name is another row of another server.
            if notice["actor"]["kind"] == "named" {
                notice["actor"]["id"] = Value::Null;
            }
        }
        ((name, path.to_owned()), Seen::of_body(body.to_string()))
    })
    .collect()
}

on_both! {
    fn anon_5h_the_label_is_used_and_another_author_is_told_of_alike(kind) {
        let tell_by = |canary_writes: bool| {
            let world = World::empty(kind);
            let campus = &world.campus;
            let author = if canary_writes { &world.canary } else { &world.stand_in };
            let comment = |person: &Person, post: &str, parent: Option<&str>, anonymous: bool| {
                campus.server.clock().advance(std::time::Duration::from_secs(1));
                let body = json!({ "contents": "A word", "parent_id": parent, "is_anonymous": anonymous });
                person.client.post(&format!("/posts/{post}/comments"), body).expect(201).string("/id")
            };
            let body = json!({ "title": "A title", "contents": "An anonymous text", "is_anonymous": true });
            let own = author.client.post(&format!("/boards/{}/posts", campus.open_board), body);
            let own = own.expect(201).string("/id");
            let thread = campus.post(&campus.u1, "Lunch");
            let first = comment(&campus.u2, &own, None, true);
            comment(author, &own, Some(&first), true);
            let second = comment(&campus.u2, &thread, None, false);
            comment(author, &thread, Some(&second), true);
            let mine = comment(author, &thread, None, true);
            comment(&campus.u1, &thread, Some(&mine), false);
            let others = [
                ("guest", &campus.g),
                ("one", &campus.u1),
                ("two", &campus.u2),
                ("stranger", &campus.u3),
                ("moderator", &campus.moderator),
                ("admin", &campus.admin),
                ("bystander", if canary_writes { &world.stand_in } else { &world.canary }),
            ];
            let seen = told(&others);
            for ((reader, path), seen) in &seen {
                for person in [&world.canary, &world.stand_in] {
                    assert_eq!(seen.leaks(person, &world.face), Vec::<String>::new(), "{reader} {path}");
                }
            }
            let texts = campus.u2.client.get("/notifications").expect(200).at("/results");
            let texts: Vec<_> = texts.as_array().unwrap().iter().map(|notice| notice["text"].clone()).collect();
            assert!(texts.contains(&json!("Anonymous (author) replied to your comment.")), "{texts:?}");
            assert!(texts.contains(&json!("Anonymous 1 replied to your comment.")), "{texts:?}");
            // Looking works: the author was told, of the comment on the post and of the reply.
            assert_eq!(author.client.get("/me/unread").expect(200).at("/notifications"), json!(2));
            seen
        };
        assert_eq!(tell_by(true), tell_by(false));
    }

    fn anon_5h_mails_tell_of_no_item(kind) {
        let world = World::empty(kind);
        let campus = &world.campus;
        let people = [&campus.u1, &campus.u2, &campus.moderator, &world.canary, &world.stand_in];
        let mails = || people.map(|person| campus.server.mailbox().settled(&person.email));
        let before = mails();
        assert!(before.iter().all(|count| *count > 0), "mails are seen: {before:?}");
        world.furnish();
        assert_eq!(mails(), before);
    }

    fn anon_5h_only_the_recipient_reads_whose_an_anonymous_item_is(kind) {
        let world = World::new(kind);
        let url = world.campus.server.database_url();
        let rows = look::dump(&url);
        let id = world.canary.id.replace('-', "");
        let kept = |column: &str| {
            rows.iter().any(|cell| cell.table == "notifications" && cell.column == column && cell.value == id)
        };
        assert!(kept("recipient_id"), "the canary was told of comments on what it wrote anonymously");
        assert!(!kept("actor_id"), "and of nothing that it did is it the known actor");
        // All others read the same without those rows.
        let others = || -> Crawl {
            let others = world.others();
            let paths = ["/notifications", "/me/unread"];
            let all = others.iter().filter(|(name, _)| *name != "visitor");
            all.flat_map(|(name, client)| paths.map(|path| ((*name, path.to_owned()), Seen::new(&client.get(path))))).collect()
        };
        let before = others();
        look::change(&url, &format!("DELETE FROM notifications WHERE recipient_id = {}", literal(&url, &world.canary.id)));
        assert_eq!(others(), before);
        assert!(before.values().any(|seen| seen.body.contains("Anonymous")));
    }

    fn anon_5h_not_1_a_block_by_name_suppresses_no_anonymous_notice_and_one_by_label_no_other(kind) {
        let world = World::empty(kind);
        let (campus, canary) = (&world.campus, &world.canary);
        let reader = &campus.u2;
        let comment = |person: &Person, post: &str, anonymous: bool| {
            campus.server.clock().advance(std::time::Duration::from_secs(1));
            let body = json!({ "contents": "A word", "is_anonymous": anonymous });
            person.client.post(&format!("/posts/{post}/comments"), body).expect(201).string("/id")
        };
        let block = |kind: &str, id: &str| {
            let body = json!({ "target_type": kind, "target_id": id });
            reader.client.post("/blocks", body).expect(201);
        };
        let unread = || reader.client.get("/me/unread").expect(200).at("/notifications").as_i64().unwrap();
        let listed = || reader.client.get("/notifications?limit=100").expect(200).at("/results").as_array().unwrap().clone();
        let (one, two) = (campus.post(reader, "One"), campus.post(reader, "Two"));
        let named = comment(canary, &one, false);
        assert_eq!(unread(), 1);
        block("user", &canary.id);
        assert_eq!((unread(), &listed()[0]["actor"]), (0, &Value::Null), "the older one is neutral");
        comment(canary, &one, false);
        assert_eq!((unread(), listed().len()), (0, 1), "there is no new one: {named}");
        // The blocked name and another write anonymously: both are told of, alike.
        let by_canary = comment(canary, &one, true);
        comment(&world.stand_in, &one, true);
        let told = listed();
        assert_eq!((unread(), told.len()), (2, 3));
        assert_eq!((&told[1]["text"], &told[0]["text"]), (&json!("Anonymous 1 commented on your post."), &json!("Anonymous 2 commented on your post.")));
        // A label is blocked in its thread alone.
        block("comment", &by_canary);
        assert_eq!(unread(), 1);
        comment(canary, &one, true);
        comment(&world.stand_in, &one, true);
        assert_eq!((unread(), listed().len()), (2, 4));
        comment(canary, &two, true);
        assert_eq!((unread(), listed().len()), (3, 5));
    }

    fn anon_5a_anon_5h_a_stream_uses_the_label(kind) {
        let world = World::empty(kind);
        let (campus, canary) = (&world.campus, &world.canary);
        let thread = campus.post(&campus.u2, "Lunch");
        let stream = campus.u2.client.call("GET", "/events").stream();
        let body = json!({ "contents": "A word", "is_anonymous": true });
        canary.client.post(&format!("/posts/{thread}/comments"), body).expect(201);
        let mut told = String::new();
        while !told.contains("Anonymous 1 commented on your post.") {
            match stream.next_event(std::time::Duration::from_secs(10)) {
                Frame::Event(name, id, data) => told.push_str(&format!("{name} {id:?} {data}")),
                other => panic!("{other:?} after {told}"),
            }
        }
        assert_eq!(Seen::of_body(told).leaks(canary, &world.face), Vec::<String>::new());
    }
}
