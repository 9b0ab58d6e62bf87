//! The contract of anonymity, from outside: what nobody but the author may learn or test (ANON-5).
//!
//! Two kinds of proof. The crawl reads every route as everybody and looks for the author in bodies, headers and cursors.
//! The comparison exchanges the author in the database and reads everything again: to everybody else the two worlds are
//! the same to the byte.

mod blocks;
mod crawl;
mod messages;
mod notices;
mod staff;
mod world;

use crate::exports::{made, unpack};
use crate::media::purge::files;
use crate::on_both;
use crate::visibility::{literal, mark};
use crawl::{Crawl, Seen, crawl, without_links};
use madang_harness::person::PASSWORD;
use madang_testkit::look;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;
use world::{World, upload_signed};

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
    crawl
        .into_iter()
        .filter(|((_, path), _)| {
            ["/posts", "/comments", "/message-threads"].iter().any(|part| path.contains(part))
        })
        .collect()
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

on_both! {
    fn anon_5a_no_answer_to_anybody_else_tells_who_wrote_an_anonymous_item(kind) {
        let world = World::new(kind);
        let mut leaks = Vec::new();
        let (mut seen_items, mut seen_pictures) = (0, 0);
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
            seen_pictures += usize::from(path.contains(&format!("/media/{}/", world.picture)));
            leaks.extend(seen.leaks(&world.canary, &world.face).into_iter().map(|leak| format!("{reader} {path}: {leak}")));
        }
        assert!(leaks.is_empty(), "{}", leaks.join("\n"));
        assert!(seen_items > 30, "the crawl has met anonymous items {seen_items} times");
        assert!(seen_pictures > 5, "and the picture {seen_pictures} times");
        // Looking works: the author's own answers do name it where the item is named.
        let named = world.campus.post(&world.canary, "By name");
        let answer = world.campus.u2.client.get(&format!("/posts/{named}")).expect(200);
        assert!(!Seen::new(&answer).leaks(&world.canary, &world.face).is_empty());
        assert!(answer.text().contains(&world.face));
    }

    fn anon_5a_no_export_of_anybody_else_tells_who_wrote_an_anonymous_item(kind) {
        let world = World::new(kind);
        let campus = &world.campus;
        let mut met = 0;
        for person in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin, &world.stand_in] {
            let path = made(&person.client);
            let archive = person.client.get(&format!("{path}/file")).expect(200);
            for (name, _, text) in unpack(&archive.body) {
                met += usize::from(world.posts.iter().any(|post| text.contains(post)));
                let id = &world.canary.id;
                for word in ["canary", id, &id.replace('-', ""), &world.face, &world.picture] {
                    assert!(!name.contains(word) && !text.to_lowercase().contains(word), "{word} in {name}");
                }
            }
        }
        assert!(met > 2, "the exports tell of comments and likes in {met} files");
        // Looking works: the canary's own export tells of itself.
        let path = made(&world.canary.client);
        let own = world.canary.client.get(&format!("{path}/file")).expect(200);
        assert!(unpack(&own.body).iter().any(|(_, _, text)| text.contains("canary")));
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

    fn s_62_anon_5c_two_threads_tell_nothing_of_one_another(kind) {
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
        // Inside one thread the same person keeps label and number, whoever writes meanwhile and whatever is deleted.
        let thread = post("Four");
        let first = comment(&world.canary, &thread);
        let between = author(&comment(&world.stand_in, &thread));
        assert_eq!((&between["label"], &between["number"]), (&json!("Anonymous 2"), &json!(2)));
        world.canary.client.delete(&format!("/comments/{first}")).expect(204);
        let body = json!({ "contents": "An anonymous text", "is_anonymous": true, "parent_id": comment(&world.stand_in, &thread) });
        let reply = world.canary.client.post(&format!("/posts/{thread}/comments"), body).expect(201).string("/id");
        assert_eq!(author(&reply), authors[0]);
        // The author of an anonymous post is no number, in this thread alone.
        let own = json!({ "title": "Five", "contents": "An anonymous text", "is_anonymous": true });
        let path = format!("/boards/{}/posts", world.campus.open_board);
        let own = world.canary.client.post(&path, own).expect(201).string("/id");
        let label = author(&comment(&world.canary, &own));
        assert_eq!((&label["label"], &label["number"], &label["is_post_author"]), (&json!("Anonymous (author)"), &Value::Null, &json!(true)));
        assert_eq!(author(&comment(&world.stand_in, &own)), authors[0]);
    }

    fn anon_5f_a_board_and_a_role_of_the_author_change_nothing(kind) {
        let world = World::new(kind);
        let before = items_only(settled(&world));
        let admin = &world.campus.admin.client;
        let change = |path: &str, body: Value| {
            let etag = admin.get(path).expect(200).etag();
            admin.call("PATCH", path).if_match(&etag).json(&body).send().expect(200);
        };
        let user = format!("/admin/users/{}", world.canary.id);
        for board in [&world.campus.open_board, &world.campus.closed_board] {
            change(&format!("/admin/boards/{board}"), json!({ "manager_id": world.canary.id }));
        }
        assert_same(&before, &items_only(crawl(&world, &world.others())), "two managed boards");
        for role in ["moderator", "admin"] {
            change(&user, json!({ "role": role }));
            assert_same(&before, &items_only(crawl(&world, &world.others())), role);
        }
        // What staff and managers write anonymously is like anybody's.
        let own_words = |person: &madang_harness::Person| {
            let body = json!({ "title": "New", "contents": format!("An anonymous text by {}.", person.username.len()), "is_anonymous": true });
            let id = person.client.post(&format!("/boards/{}/posts", world.campus.open_board), body).expect(201).string("/id");
            let mut seen = world.campus.u2.client.get(&format!("/posts/{id}")).expect(200).json();
            for field in ["id", "created_at", "updated_at", "contents"] {
                seen.as_object_mut().unwrap().remove(field);
            }
            seen
        };
        assert_eq!(own_words(&world.canary), own_words(&world.stand_in));
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
            without_links(crawl).into_iter().filter(|((_, path), _)| !path.contains("/me/")).collect()
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

    fn anon_5j_a_deleted_or_removed_item_leaves_no_trace_of_its_author(kind) {
        let world = World::new(kind);
        // As staff will remove them: an anonymous comment of the canary, and a named one, each with replies.
        let thread = &world.posts[2];
        let removed = [(&world.canary, true), (&world.campus.u1, false)].map(|(person, anonymous)| {
            let body = json!({ "contents": "Removed soon", "is_anonymous": anonymous });
            let id = person.client.post(&format!("/posts/{thread}/comments"), body).expect(201).string("/id");
            let reply = json!({ "contents": "Indeed", "parent_id": id });
            world.campus.u2.client.post(&format!("/posts/{thread}/comments"), reply).expect(201);
            mark(&world.campus, "comments", &id, "removed_at = created_at");
            id
        });
        let list = world.campus.u2.client.get(&format!("/posts/{thread}/comments?limit=100")).expect(200).at("/results");
        let [left, right] = removed.each_ref().map(|id| {
            let mut row = list.as_array().unwrap().iter().find(|row| row["id"] == **id).unwrap().clone();
            for field in ["id", "created_at", "updated_at", "replies"] {
                row.as_object_mut().unwrap().remove(field);
            }
            row
        });
        assert_eq!((&left["state"], &left["author"], &left["contents"]), (&json!("removed"), &Value::Null, &Value::Null));
        assert_eq!(left, right, "a placeholder does not even tell whether its author had a name");
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
                // A guest is refused before any item is looked for.
                let expected = match name { "visitor" => 401, "guest" => 403, _ => 404 };
                assert_eq!(restored, expected, "{name}");
            }
        }
    }

    fn anon_5k_pictures_cannot_be_compared_by_id_name_or_address(kind) {
        let world = World::empty(kind);
        let (canary, reader) = (&world.canary, &world.campus.u2.client);
        let ids = [1, 1, 1].map(|seed| upload_signed(canary, "post", seed));
        let posts = [true, true, false].iter().zip(&ids).map(|(anonymous, id)| {
            let body = json!({ "title": "A view", "contents": format!("Of {id}."), "is_anonymous": anonymous, "images": [{ "upload_id": id }] });
            canary.client.post(&format!("/boards/{}/posts", world.campus.open_board), body).expect(201).string("/id")
        });
        let posts: Vec<String> = posts.collect();
        for id in &ids {
            assert_eq!(Uuid::parse_str(id).unwrap().get_version_num(), 4, "an id does not tell when it was made");
        }
        let mut tokens = BTreeSet::new();
        let mut tags = BTreeSet::new();
        for (post, id) in posts.iter().zip(&ids) {
            let shown = reader.get(&format!("/posts/{post}")).expect(200);
            for (name, variant) in [("url", "full"), ("thumb_url", "thumb")] {
                let url = shown.string(&format!("/images/0/{name}"));
                assert!(url.contains(&format!("/media/{id}/{variant}?token=")), "{url}");
                tokens.insert(url.split_once('?').unwrap().1.to_owned());
                let file = reader.get(&url).expect(200);
                tags.insert(file.etag());
                assert!(file.header("content-disposition").is_none_or(|value| !value.contains("holiday")));
                let header = |name: &str| file.header(name).is_some();
                assert!(!header("last-modified") && !header("location"), "{:?}", file.headers);
                assert!(!file.text().to_lowercase().contains("canary"), "the metadata is gone");
            }
        }
        assert_eq!((tokens.len(), tags.len()), (6, 6), "nothing is alike");
        let names: BTreeSet<_> = files(&world.campus.server).iter().map(|file| file.file_name().unwrap().to_owned()).collect();
        assert_eq!(names.len(), 8, "two files each, and two of the profile picture");
        for name in names {
            let name = name.to_string_lossy();
            assert!(ids.iter().all(|id| !name.contains(&id.replace('-', ""))) && !name.contains("canary"), "{name}");
        }
    }
}
