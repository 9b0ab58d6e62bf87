//! ANON-5d: a block of a name changes no anonymous item, and a block of a label changes nothing named and no other thread.

use super::crawl::{Crawl, crawl};
use super::{World, items_only, settled};
use crate::blocks::block;
use crate::on_both;
use serde_json::json;

/// What the second student reads.
fn seen(world: &World) -> Crawl {
    items_only(crawl(world, &[("two", &world.campus.u2.client)]))
}

/// Where two crawls differ.
fn differing(before: &Crawl, after: &Crawl) -> Vec<String> {
    assert!(before.len() > 50, "only {} answers were compared", before.len());
    let keys: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).collect();
    keys.into_iter().filter(|key| before.get(*key) != after.get(*key)).map(|(_, path)| path.clone()).collect()
}

on_both! {
    fn anon_5d_a_block_by_name_changes_no_anonymous_item(kind) {
        let world = World::new(kind);
        let reader = &world.campus.u2;
        // A first look counts as a reader.
        settled(&world);
        let before = seen(&world);
        for person in [&world.canary, &world.stand_in] {
            let id = block(reader, "user", &person.id).expect(201).string("/id");
            assert_eq!(differing(&before, &seen(&world)), Vec::<String>::new(), "{}", person.username);
            // What is anonymous can be done with as before.
            let comment = &world.comments[1];
            reader.client.get(&format!("/comments/{comment}")).expect(200);
            reader.client.delete(&format!("/blocks/{id}")).expect(204);
        }
        // Looking works: what is named does vanish.
        let named = world.campus.post(&world.canary, "By name");
        reader.client.get(&format!("/posts/{named}")).expect(200);
        block(reader, "user", &world.canary.id).expect(201);
        reader.client.get(&format!("/posts/{named}")).refused(404, "not_found");
    }

    fn anon_5d_a_block_of_a_label_changes_nothing_named_and_no_other_thread(kind) {
        let world = World::new(kind);
        let reader = &world.campus.u2;
        let named = world.campus.post(&world.canary, "By name");
        let spoken = world.campus.comment(&world.canary, &world.posts[2], "A named text");
        reader.client.get(&format!("/posts/{named}")).expect(200);
        settled(&world);
        let before = seen(&world);
        // The canary's own thread, and the canary's number in another's.
        let label = |post: &str| {
            let rows = reader.client.get(&format!("/posts/{post}/comments?limit=100")).expect(200).at("/results");
            let is_second = |row: &&serde_json::Value| row["author"]["number"] == json!(2);
            rows.as_array().unwrap().iter().find(is_second).unwrap()["id"].as_str().unwrap().to_owned()
        };
        let number = label(&world.posts[2]);
        let blocks = [("post", &world.posts[0], &world.posts[0]), ("comment", &number, &world.posts[2])];
        for (target, id, thread) in blocks {
            let made = block(reader, target, id).expect(201);
            assert!(!made.text().contains(&world.canary.id) && !made.text().contains("canary"), "{}", made.text());
            let after = seen(&world);
            let others: Vec<&String> = world.posts.iter().filter(|post| *post != thread).collect();
            for path in differing(&before, &after) {
                let is_elsewhere = others.iter().any(|post| path.contains(*post)) || path.contains(&named) || path.contains(&spoken);
                assert!(!is_elsewhere, "{target}: {path}");
            }
            for path in [format!("/posts/{named}"), format!("/comments/{spoken}"), format!("/users/{}", world.canary.id)] {
                reader.client.get(&path).expect(200);
            }
            let profile = reader.client.get(&format!("/users/{}", world.canary.id)).expect(200);
            assert_eq!((profile.at("/can/message"), profile.at("/can/block")), (json!(true), json!(true)));
            reader.client.delete(&format!("/blocks/{}", made.string("/id"))).expect(204);
        }
        assert_eq!(differing(&before, &seen(&world)), Vec::<String>::new());
    }

    fn anon_5d_a_list_of_blocks_tells_no_name_behind_a_label(kind) {
        let world = World::new(kind);
        let reader = &world.campus.u2;
        let list = || reader.client.get("/blocks").expect(200).text();
        for (target, id) in [("comment", &world.comments[23]), ("post", &world.posts[0])] {
            block(reader, target, id).expect(201);
        }
        let before = list();
        assert_eq!(before.matches("Anonymous").count(), 2, "{before}");
        assert!(!before.contains("canary") && !before.contains(&world.canary.id) && !before.contains(&world.face), "{before}");
        // Another author, and a block of either by name, change nothing in it.
        let url = world.campus.server.database_url();
        let (canary, other) = (crate::visibility::literal(&url, &world.canary.id), crate::visibility::literal(&url, &world.stand_in.id));
        madang_testkit::look::change(&url, &format!("UPDATE anonymous_identities SET user_id = {other} WHERE user_id = {canary}"));
        assert_eq!(list(), before);
    }
}
