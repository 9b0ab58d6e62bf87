//! The contract of anonymity, from outside: what nobody but the author may learn or test (ANON-5).
//!
//! Two kinds of proof. The crawl reads every route as everybody and looks for the author in bodies, headers and cursors.
//! The comparison exchanges the author in the database and reads everything again: to everybody else the two worlds are
//! the same to the byte.

mod crawl;
mod world;

use crate::on_both;
use crawl::{Crawl, Seen, crawl};
use madang_harness::person::PASSWORD;
use madang_testkit::look;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use world::World;

/// What two crawls tell differently.
#[track_caller]
fn assert_same(before: &Crawl, after: &Crawl, what: &str) {
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let differing: Vec<_> = keys
        .into_iter()
        .filter(|key| before.get(*key) != after.get(*key))
        .map(|key| format!("{key:?}\n  {:#?}\n  {:#?}", before.get(key), after.get(key)))
        .collect();
    assert!(differing.is_empty(), "{what}:\n{}", differing.join("\n"));
    assert!(before.len() > 50, "{what}: only {} answers were compared", before.len());
}

fn items_only(crawl: Crawl) -> Crawl {
    crawl.into_iter().filter(|((_, path), _)| path.contains("/posts") || path.contains("/comments")).collect()
}

/// Two crawls that say the same: counts that lag have caught up then.
fn settled(world: &World) -> Crawl {
    let mut last = crawl(world, &world.others());
    for _ in 0..60 {
        let next = crawl(world, &world.others());
        if next == last {
            return next;
        }
        last = next;
        std::thread::sleep(std::time::Duration::from_millis(250));
    }
    panic!("the answers never come to rest");
}

/// The id as the database at `url` writes it.
fn literal(url: &str, id: &str) -> String {
    if url.starts_with("sqlite:") { format!("x'{}'", id.replace('-', "")) } else { format!("'{id}'") }
}

on_both! {
    fn anon_5a_no_answer_to_anybody_else_tells_who_wrote_an_anonymous_item(kind) {
        let world = World::new(kind);
        let mut leaks = Vec::new();
        let mut seen_items = 0;
        for ((reader, path), seen) in crawl(&world, &world.others()) {
            // The member directory tells that the canary exists, not what it wrote.
            if path.contains("/users") {
                continue;
            }
            // A list that asks for the canary repeats the question in its links, and is empty.
            if path.contains(&world.canary.id) || path.contains("canary") {
                let empty = seen.body.contains("\"results\":[]") || !seen.body.contains("\"results\"");
                assert!(empty, "{reader} {path}: {}", seen.body);
                continue;
            }
            seen_items += usize::from(seen.body.contains("An anonymous text"));
            leaks.extend(seen.leaks(&world.canary).into_iter().map(|leak| format!("{reader} {path}: {leak}")));
        }
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));
        assert!(seen_items > 30, "the crawl has met anonymous items {seen_items} times");
        // Looking works: the author's own answers do name it where the item is named.
        let named = world.campus.post(&world.canary, "By name");
        let answer = world.campus.u2.client.get(&format!("/posts/{named}")).expect(200);
        assert!(!Seen::new(&answer).leaks(&world.canary).is_empty());
    }

    fn anon_5a_another_author_makes_no_difference_to_anybody_else(kind) {
        let world = World::new(kind);
        let before = settled(&world);
        let url = world.campus.server.database_url();
        let (canary, other) = (literal(&url, &world.canary.id), literal(&url, &world.stand_in.id));
        look::change(&url, &format!("UPDATE anonymous_identities SET user_id = {other} WHERE user_id = {canary}"));
        // The exchange is one: what was the canary's is the stand-in's now.
        let own = world.stand_in.client.get("/me/posts").expect(200).at("/results");
        assert!(!own.as_array().unwrap().is_empty());
        assert_eq!(world.canary.client.get("/me/posts").expect(200).at("/results"), json!([]));
        assert_same(&before, &crawl(&world, &world.others()), "another author");
    }

    fn anon_5b_filters_search_and_profiles_are_the_same_before_and_after(kind) {
        let world = World::empty(kind);
        let probes = || -> Crawl {
            let id = &world.canary.id;
            let paths = [
                format!("/posts?author={id}"),
                format!("/boards/{}/posts?author={id}", world.campus.open_board),
                "/posts?search=canary".to_owned(),
                format!("/users/{id}"),
                format!("/admin/users/{id}"),
                "/boards".to_owned(),
            ];
            let others = world.others();
            let answers = others.iter().flat_map(|(name, client)| {
                paths.iter().map(move |path| ((*name, path.clone()), Seen::new(&client.get(path))))
            });
            answers.collect()
        };
        let before = probes();
        world.furnish();
        let after = probes();
        for (key, seen) in &before {
            assert_eq!(after.get(key), Some(seen), "{key:?}");
        }
    }

    fn anon_5e_nothing_that_happens_to_the_author_changes_an_anonymous_item(kind) {
        let world = World::new(kind);
        let before = items_only(settled(&world));
        let again = || items_only(crawl(&world, &world.others()));
        let url = world.campus.server.database_url();
        let (canary, users) = (&world.canary, format!("/admin/users/{}", world.canary.id));
        canary.client.patch("/me", json!({ "nickname": "othername" })).expect(200);
        assert_same(&before, &again(), "a new nickname");
        let etag = world.campus.admin.client.get(&users).expect(200).etag();
        let promote = world.campus.admin.client.call("PATCH", &users).if_match(&etag);
        promote.json(&json!({ "role": "moderator" })).send().expect(200);
        assert_same(&before, &again(), "a new role");
        for state in ["restricted", "banned", "active"] {
            let id = literal(&url, &canary.id);
            look::change(&url, &format!("UPDATE users SET state = '{state}' WHERE id = {id}"));
            assert_same(&before, &again(), state);
        }
        canary.log_in().client.post("/me/withdrawal", json!({ "password": PASSWORD })).expect(204);
        assert_same(&before, &again(), "withdrawal");
    }

    fn anon_5c_two_threads_tell_nothing_of_one_another(kind) {
        let world = World::new(kind);
        let author = |id: &String| world.campus.u2.client.get(&format!("/comments/{id}")).expect(200).at("/author");
        // The same person in two threads, and another person in a third, all first to come.
        let post = |title: &str| world.campus.post(&world.campus.u1, title);
        let comment = |person: &madang_harness::Person, post: &str| {
            let body = json!({ "contents": "An anonymous text", "is_anonymous": true });
            person.client.post(&format!("/posts/{post}/comments"), body).expect(201).string("/id")
        };
        let ids = [
            comment(&world.canary, &post("One")),
            comment(&world.canary, &post("Two")),
            comment(&world.stand_in, &post("Three")),
        ];
        let authors: Vec<Value> = ids.iter().map(author).collect();
        assert_eq!(authors[0], json!({
            "kind": "anonymous", "id": null, "nickname": null, "image_url": null,
            "label": "Anonymous 1", "number": 1, "is_post_author": false,
        }));
        assert!(authors.iter().all(|author| *author == authors[0]), "{authors:?}");
    }

    fn anon_5l_all_others_of_equal_role_get_equal_answers(kind) {
        let world = World::new(kind);
        settled(&world);
        let one = world.campus.student("bystander");
        let two = world.campus.student("onlooker");
        for reader in [&one, &two] {
            // A first look counts as a reader; the second tells the same to both.
            crawl(&world, &[("reader", &reader.client)]);
        }
        let everything = settled(&world);
        assert!(!everything.is_empty());
        let [left, right] = [&one, &two].map(|reader| items_only(crawl(&world, &[("reader", &reader.client)])));
        let own = |crawl: Crawl| -> Crawl {
            crawl.into_iter().filter(|((_, path), _)| !path.contains("/me/")).collect()
        };
        assert_same(&own(left), &own(right), "another reader");
        for id in &world.posts {
            for method in ["PATCH", "DELETE"] {
                let ask = |person: &madang_harness::Person| {
                    let call = person.client.call(method, &format!("/posts/{id}"));
                    let call = if method == "PATCH" { call.json(&json!({ "contents": "Mine" })) } else { call };
                    call.send().text()
                };
                assert_eq!(ask(&one), ask(&two));
            }
        }
    }

    fn anon_5j_a_deleted_item_leaves_no_trace_of_its_author(kind) {
        let world = World::new(kind);
        let placeholders: Vec<Value> = world.posts.iter()
            .flat_map(|post| {
                let list = world.campus.u2.client.get(&format!("/posts/{post}/comments")).expect(200);
                list.at("/results").as_array().unwrap().clone()
            })
            .filter(|comment| comment["state"] == "deleted")
            .collect();
        assert!(!placeholders.is_empty());
        for placeholder in placeholders {
            assert_eq!((&placeholder["author"], &placeholder["is_mine"]), (&Value::Null, &json!(false)));
            assert_eq!(placeholder["updated_at"], placeholder["created_at"]);
        }
        for id in &world.deleted {
            for (name, client) in world.others() {
                for path in [format!("/posts/{id}"), format!("/comments/{id}")] {
                    let status = client.get(&path).status;
                    assert!(status == 404 || name == "visitor" && status == 401, "{name} {path}: {status}");
                }
                let restored = client.post(&format!("/me/trash/{id}/restore"), json!({})).status;
                assert!(restored == 404 || name == "visitor" && restored == 401);
            }
        }
    }
}
