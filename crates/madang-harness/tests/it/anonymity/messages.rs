//! ANON-5g: an anonymous context labels both sides, threads of different contexts cannot be linked, and a refusal depends on
//! nothing that can be seen or caused elsewhere.

use super::World;
use super::crawl::Seen;
use crate::blocks::block;
use crate::messages::{open, send};
use crate::on_both;
use madang_harness::Person;
use madang_harness::person::PASSWORD;
use serde_json::{Value, json};

/// What everything about a thread is to `person`, without what is the thread's own.
fn face(person: &Person, thread: &str) -> Value {
    let mut face = person.client.get(&format!("/message-threads/{thread}")).expect(200).json();
    let mut messages =
        person.client.get(&format!("/message-threads/{thread}/messages")).expect(200).at("/results");
    for row in messages.as_array_mut().unwrap() {
        blank(row);
    }
    blank(&mut face["last_message"]);
    blank(&mut face);
    json!([face, messages])
}

fn blank(value: &mut Value) {
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|name, _| {
            !["id", "thread_id", "context", "created_at", "last_message_at"].contains(&name.as_str())
        });
    }
}

on_both! {
    fn anon_5g_neither_side_of_an_anonymous_thread_is_named_to_the_other(kind) {
        let world = World::new(kind);
        let reader = &world.campus.u2;
        // The canary as the author, and as the opener.
        let opened = open(reader, "post", &world.posts[1], "Hello").expect(201);
        let own = open(&world.canary, "comment", &world.comments[11], "Hello").expect(201);
        let writer = &world.campus.u1;
        for (other, answer) in [(reader, &opened), (writer, &own)] {
            let id = answer.string("/id");
            send(&world.canary, &id, "A word").expect(201);
            send(other, &id, "Another").expect(201);
            let paths = ["/message-threads".to_owned(), format!("/message-threads/{id}"), format!("/message-threads/{id}/messages?limit=1")];
            for path in &paths {
                let leaks = Seen::new(&other.client.get(path).expect(200)).leaks(&world.canary, &world.face);
                assert!(leaks.is_empty(), "{path}: {leaks:?}");
                let back = world.canary.client.get(path).expect(200).text();
                assert!(!back.contains(&other.id) && !back.contains(&other.username), "{path}: {back}");
            }
        }
        let leaks = Seen::new(&opened).leaks(&world.canary, &world.face);
        assert!(leaks.is_empty(), "{leaks:?}");
        // Looking works: a named thread does name.
        let named = open(reader, "user", &world.canary.id, "Hello").expect(201);
        assert!(!Seen::new(&named).leaks(&world.canary, &world.face).is_empty());
    }

    fn anon_5g_two_threads_of_one_author_are_as_two_of_different_ones(kind) {
        let world = World::empty(kind);
        let reader = &world.campus.u2;
        let post = |author: &Person, title: &str| crate::messages::anonymous(&world.campus, author, title);
        let posts = [post(&world.canary, "One"), post(&world.canary, "Two"), post(&world.stand_in, "Three")];
        let threads = posts.each_ref().map(|post| open(reader, "post", post, "Hello").expect(201).string("/id"));
        for (person, thread) in [(&world.canary, &threads[0]), (&world.canary, &threads[1]), (&world.stand_in, &threads[2])] {
            send(person, thread, "Hello").expect(201);
        }
        let faces = threads.each_ref().map(|thread| face(reader, thread));
        assert!(faces.iter().all(|face| *face == faces[0]), "{faces:#?}");
        let own = [face(&world.canary, &threads[0]), face(&world.stand_in, &threads[2])];
        assert_eq!(own[0], own[1]);
        // A block of the one closes the one.
        block(&world.canary, "message_thread", &threads[0]).expect(201);
        send(reader, &threads[0], "Hello").refused(403, "recipient_unavailable");
        for thread in &threads[1..] {
            assert_eq!(face(reader, thread), faces[1]);
            send(reader, thread, "Hello").expect(201);
        }
        let label = |post: &str| {
            let comment = crate::messages::whisper(&world.canary, post);
            open(reader, "comment", &comment, "Hello")
        };
        label(&posts[1]).expect(201);
        label(&posts[2]).expect(201);
        label(&posts[0]).refused(403, "recipient_unavailable");
    }

    fn anon_5g_nothing_named_and_nothing_elsewhere_refuses_an_anonymous_message(kind) {
        let world = World::new(kind);
        let reader = &world.campus.u2;
        let thread = world.threads[0].clone();
        let comment = &world.comments[23];
        let still = |what: &str| {
            let seen = reader.client.get(&format!("/message-threads/{thread}")).expect(200).json();
            assert_eq!(seen["can"], json!({ "reply": true, "block": true }), "{what}");
            for path in [format!("/posts/{}", world.posts[0]), format!("/comments/{comment}")] {
                assert_eq!(reader.client.get(&path).expect(200).at("/can/message"), json!(true), "{what}: {path}");
            }
            send(reader, &thread, "Hello").expect(201);
            open(reader, "post", &world.posts[1], "Hello");
            let other = open(reader, "comment", comment, "Hello");
            assert!([200, 201].contains(&other.status), "{what}: {}", other.text());
        };
        still("at first");
        block(&world.canary, "user", &reader.id).expect(201);
        still("blocked by name");
        block(reader, "user", &world.canary.id).expect(201);
        still("having blocked by name");
        world.canary.client.patch("/me", json!({ "settings": { "accept_messages": false } })).expect(200);
        still("by name no messages are taken");
        // A label elsewhere, either way.
        let elsewhere = reader.client.get(&format!("/posts/{}/comments", world.posts[1])).expect(200);
        let label = elsewhere.at("/results").as_array().unwrap().iter().find(|row| row["author"]["number"] == json!(1)).unwrap()["id"].clone();
        block(reader, "comment", label.as_str().unwrap()).expect(201);
        still("a label elsewhere");
        let url = world.campus.server.database_url();
        let id = crate::visibility::literal(&url, &world.canary.id);
        for state in ["banned", "restricted", "active"] {
            madang_testkit::look::change(&url, &format!("UPDATE users SET state = '{state}' WHERE id = {id}"));
            still(state);
        }
        world.canary.log_in().client.post("/me/withdrawal", json!({ "password": PASSWORD })).expect(204);
        still("withdrawn");
    }
}
