//! What a deletion takes away, from whom, and what it leaves.

use crate::media::{post_with, upload};
use crate::moderation::{put_back, remove};
use crate::on_both;
use madang_harness::campus::board;
use madang_harness::{Campus, Config, Person};
use madang_testkit::look;
use serde_json::{Value, json};

fn restore(person: &Person, id: &str) -> madang_harness::Response {
    person.client.post(&format!("/me/trash/{id}/restore"), json!({}))
}

fn post_count(campus: &Campus, board: &str) -> Value {
    campus.u1.client.get(&format!("/boards/{board}")).expect(200).at("/post_count")
}

/// How many rows of a table there are, of which the given column holds something.
fn rows(campus: &Campus, table: &str, column: &str) -> usize {
    let cells = look::dump(&campus.server.database_url());
    cells.iter().filter(|cell| cell.table == table && cell.column == column).count()
}

on_both! {
    fn del_1_a_deleted_post_is_404_for_every_verb_and_in_no_list(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.hot_likes", 1).with("posts.best_likes", 1));
        let image = upload(&campus.u1, 1);
        let post = post_with(&campus.u1, &campus.open_board, "Vanishing #tag", &[&image]);
        let path = format!("/posts/{post}");
        let comment = campus.comment(&campus.u2, &post, "Under it");
        campus.u2.client.call("POST", &format!("{path}/likes")).send().expect(201);
        campus.u2.client.put(&format!("{path}/scrap")).expect(204);
        campus.u2.client.put(&format!("{path}/mute")).expect(204);
        campus.u1.client.delete(&path).expect(204);

        let change = json!({ "contents": "Again" });
        for person in [&campus.u1, &campus.u2, &campus.u3, &campus.moderator, &campus.admin] {
            let client = &person.client;
            for (method, path, body) in [
                ("GET", path.clone(), None),
                ("PATCH", path.clone(), Some(&change)),
                ("DELETE", path.clone(), None),
                ("POST", format!("{path}/likes"), None),
                ("DELETE", format!("{path}/likes"), None),
                ("PUT", format!("{path}/scrap"), None),
                ("PUT", format!("{path}/mute"), None),
                ("DELETE", format!("{path}/mute"), None),
                ("GET", format!("{path}/comments"), None),
                ("POST", format!("{path}/comments"), Some(&change)),
                ("GET", format!("/comments/{comment}"), None),
                ("PATCH", format!("/comments/{comment}"), Some(&change)),
                ("DELETE", format!("/comments/{comment}"), None),
                ("GET", format!("/comments/{comment}/replies"), None),
                ("POST", format!("/comments/{comment}/likes"), None),
                ("GET", format!("/media/{image}/full"), None),
                ("GET", format!("/media/{image}/thumb"), None),
            ] {
                let call = client.call(method, &path);
                let call = if let Some(body) = body { call.json(body) } else { call };
                call.send().refused(404, "not_found");
            }
            let board = &campus.open_board;
            for list in [
                "/posts".to_owned(), "/posts?search=vanishing".to_owned(), "/posts?hashtag=tag".to_owned(),
                format!("/posts?author={}", campus.u1.id), "/posts/hot".to_owned(), "/posts/best".to_owned(),
                format!("/boards/{board}/posts"), "/me/posts".to_owned(), "/me/comments".to_owned(), "/me/scraps".to_owned(),
            ] {
                let answer = client.get(&list);
                assert!(answer.status == 404 || answer.at("/results") == json!([]), "{list}: {}", answer.text());
                assert!(!answer.text().contains("deleted_at"));
            }
        }
        assert_eq!(post_count(&campus, &campus.open_board), json!(0));
        assert!(campus.u1.client.get("/me/trash").expect(200).at("/results/0/deleted_at").is_string());
        restore(&campus.u1, &post).expect(200);
        assert_eq!(campus.u2.client.get(&path).expect(200).at("/muted"), json!(true), "nothing was unmuted meanwhile");
        campus.u2.client.delete(&format!("{path}/mute")).expect(204);
        assert_eq!(campus.u2.client.get(&path).expect(200).at("/muted"), json!(false));
    }

    fn del_1_a_deleted_comment_is_404_for_every_verb_and_in_no_list(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u2, "Staying");
        let comment = campus.comment(&campus.u1, &post, "Going");
        let path = format!("/comments/{comment}");
        campus.u1.client.delete(&path).expect(204);
        let change = json!({ "contents": "Again" });
        for person in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin] {
            person.client.get(&path).refused(404, "not_found");
            person.client.patch(&path, change.clone()).refused(404, "not_found");
            person.client.delete(&path).refused(404, "not_found");
            person.client.get(&format!("{path}/replies")).refused(404, "not_found");
            person.client.call("POST", &format!("{path}/likes")).send().refused(404, "not_found");
            let reply = json!({ "contents": "Again", "parent_id": comment });
            person.client.post(&format!("/posts/{post}/comments"), reply).refused(404, "not_found");
            for list in [format!("/posts/{post}/comments"), "/me/comments".to_owned()] {
                assert_eq!(person.client.get(&list).expect(200).at("/results"), json!([]), "{list}");
            }
            assert_eq!(person.client.get(&format!("/posts/{post}")).expect(200).at("/comment_count"), json!(0));
        }
    }
}

on_both! {
    fn del_2_a_guest_takes_nothing_back(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Former words");
        let comment = campus.comment(&campus.u1, &campus.post(&campus.u2, "Others'"), "Former word");
        let lead = json!({ "name": "Park", "email": "park@firm.test" });
        let lead = campus.u1.client.post("/leads", lead).expect(201).string("/id");
        for path in [format!("/posts/{post}"), format!("/comments/{comment}"), format!("/leads/{lead}")] {
            campus.u1.client.delete(&path).expect(204);
        }
        let foretold = || {
            let rows = campus.u1.client.get("/me/trash").expect(200).at("/results");
            let rows = rows.as_array().unwrap().clone();
            rows.into_iter().map(|row| (row["can"]["restore"] == true, row["cannot"]["restore"].clone())).collect::<Vec<_>>()
        };
        assert_eq!(foretold(), vec![(true, Value::Null); 3]);
        let prove = |proven: bool| {
            let call = campus.admin.client.call("PATCH", &format!("/admin/users/{}", campus.u1.id)).if_match("*");
            call.json(&json!({ "enrolment_verified": proven })).send().expect(200);
        };
        prove(false);
        assert_eq!(foretold(), vec![(false, json!("enrolment_unverified")); 3]);
        for id in [&post, &comment, &lead] {
            restore(&campus.u1, id).refused(403, "enrolment_unverified");
        }
        restore(&campus.g, &post).refused(403, "email_unverified");
        prove(true);
        assert_eq!(foretold(), vec![(true, Value::Null); 3]);
        for id in [&post, &comment, &lead] {
            restore(&campus.u1, id).expect(200);
        }
    }
}

on_both! {
    fn del_4_a_deleted_board_takes_its_posts_along_and_touches_none(kind) {
        let campus = Campus::open(kind);
        let doomed = board(&campus.admin, &campus.a, json!({ "name": "Doomed" }));
        let image = upload(&campus.u1, 1);
        let post = post_with(&campus.u1, &doomed, "Inside", &[&image]);
        let trashed = post_with(&campus.u1, &doomed, "In the trash", &[]);
        let comment = campus.comment(&campus.u2, &post, "Inside, too");
        campus.u2.client.call("POST", &format!("/posts/{post}/likes")).send().expect(201);
        campus.u2.client.put(&format!("/posts/{post}/scrap")).expect(204);
        campus.u2.client.put(&format!("/boards/{doomed}/favourite")).expect(204);
        campus.u1.client.delete(&format!("/posts/{trashed}")).expect(204);
        let before = campus.u2.client.get(&format!("/posts/{post}")).expect(200);
        let marks = (rows(&campus, "posts", "deleted_at"), rows(&campus, "comments", "deleted_at"));

        let path = format!("/admin/boards/{doomed}");
        campus.moderator.client.call("DELETE", &path).if_match("*").send().expect(204);
        let reaches = |person: &Person| {
            let paths = [
                format!("/boards/{doomed}"), format!("/boards/{doomed}/posts"), format!("/posts/{post}"),
                format!("/posts/{post}/comments"), format!("/comments/{comment}"), format!("/media/{image}/full"),
            ];
            paths.map(|path| person.client.get(&path).status)
        };
        let lists = |person: &Person| {
            ["/posts", "/posts?search=inside", "/me/scraps", "/me/favourites", "/me/comments"].map(|path| {
                person.client.get(path).expect(200).at("/results").as_array().unwrap().len()
            })
        };
        for person in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin] {
            assert_eq!((reaches(person), lists(person)), ([404; 6], [0; 5]));
        }
        restore(&campus.u1, &trashed).refused(409, "not_restorable");
        assert_eq!(campus.u1.client.get("/me/trash").expect(200).at("/results/0/cannot/restore"), "not_restorable");
        assert_eq!((rows(&campus, "posts", "deleted_at"), rows(&campus, "comments", "deleted_at")), marks);
        assert_eq!(rows(&campus, "board_favourites", "board_id"), 1, "favourites stay stored");

        put_back(&campus.moderator.client, "board", &doomed).expect(201);
        assert_eq!((reaches(&campus.u2), lists(&campus.u2)), ([200; 6], [1, 1, 1, 1, 1]));
        let after = campus.u2.client.get(&format!("/posts/{post}")).expect(200);
        for field in ["/title", "/like_count", "/comment_count", "/scrap_count", "/liked", "/scrapped", "/updated_at"] {
            assert_eq!(after.at(field), before.at(field), "{field}");
        }
        assert_eq!(post_count(&campus, &doomed), json!(1));
        restore(&campus.u1, &trashed).expect(200);
        assert_eq!(post_count(&campus, &doomed), json!(2));
    }

    fn del_4_a_school_is_deleted_only_when_it_is_empty(kind) {
        let campus = Campus::open(kind);
        let delete = |id: &str| campus.admin.client.call("DELETE", &format!("/admin/schools/{id}")).if_match("*").send();
        delete(&campus.a.id).refused(409, "not_empty");
        delete(&campus.b.id).refused(409, "not_empty");
        let empty = campus.admin.client.post("/admin/schools", json!({ "name": "Empty", "email_domains": [] })).expect(201).string("/id");
        delete(&empty).expect(204);
        campus.v.get(&format!("/schools/{empty}")).refused(404, "not_found");
    }
}

on_both! {
    fn del_5_favourites_scraps_and_mutes_are_erased_at_once(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Kept for a while");
        let kept = [
            ("board_favourites", "board_id", format!("/boards/{}/favourite", campus.open_board)),
            ("scraps", "post_id", format!("/posts/{post}/scrap")),
            ("post_mutes", "post_id", format!("/posts/{post}/mute")),
        ];
        for (table, column, path) in &kept {
            campus.u2.client.put(path).expect(204);
            assert_eq!(rows(&campus, table, column), 1, "{table}");
            campus.u2.client.delete(path).expect(204);
            assert_eq!(rows(&campus, table, column), 0, "{table}");
        }
        assert_eq!(campus.u2.client.get("/me/trash").expect(200).at("/results"), json!([]));
    }
}

on_both! {
    fn cnt_2_each_transition_counts_once(kind) {
        let campus = Campus::open(kind);
        let (first, second) = (campus.post(&campus.u1, "First"), campus.post(&campus.u1, "Second"));
        let parent = campus.comment(&campus.u1, &first, "Parent");
        let reply = |contents: &str| {
            let body = json!({ "contents": contents, "parent_id": parent });
            campus.u1.client.post(&format!("/posts/{first}/comments"), body).expect(201).string("/id")
        };
        let (one, two) = (reply("One"), reply("Two"));
        let counts = || {
            let comments = campus.u2.client.get(&format!("/posts/{first}")).expect(200).at("/comment_count");
            let replies = campus.u2.client.get(&format!("/comments/{parent}")).expect(200).at("/reply_count");
            [post_count(&campus, &campus.open_board), comments, replies].map(|count| count.as_i64().unwrap())
        };
        let u1 = &campus.u1.client;
        assert_eq!(counts(), [2, 3, 2]);
        for path in [format!("/comments/{one}"), format!("/posts/{second}")] {
            u1.delete(&path).expect(204);
            u1.delete(&path).refused(404, "not_found");
        }
        assert_eq!(counts(), [1, 2, 1]);
        for id in [&one, &second] {
            restore(&campus.u1, id).expect(200);
            restore(&campus.u1, id).refused(404, "not_found");
        }
        assert_eq!(counts(), [2, 3, 2]);

        // Removed after the deletion: nothing more is subtracted, and the author brings nothing back.
        for (table, id) in [("comments", &one), ("posts", &second)] {
            u1.delete(&format!("/{table}/{id}")).expect(204);
            remove(&campus.moderator.client, table.trim_end_matches('s'), id).expect(201);
            restore(&campus.u1, id).refused(404, "not_found");
        }
        assert_eq!(counts(), [1, 2, 1]);
        // Removed: the author's deletion finds nothing and subtracts nothing.
        remove(&campus.moderator.client, "comment", &two).expect(201);
        u1.delete(&format!("/comments/{two}")).refused(404, "not_found");
        assert_eq!(counts(), [1, 1, 0]);
        // The mark of staff is gone again: the deletion is what is left, and undone by its author alone.
        for (table, id) in [("comments", &one), ("posts", &second)] {
            put_back(&campus.moderator.client, table.trim_end_matches('s'), id).expect(201);
            restore(&campus.u1, id).expect(200);
        }
        assert_eq!(counts(), [2, 2, 1]);
    }
}
