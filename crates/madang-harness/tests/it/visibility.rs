//! Who sees what: one predicate for every way to an item, and what is nobody else's at all.

use crate::exports::made;
use crate::media::{post_with, upload};
use crate::on_both;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Config, Person, Response};
use madang_testkit::look;
use serde_json::{Value, json};

/// The id as the database at `url` writes it.
pub(crate) fn literal(url: &str, id: &str) -> String {
    if url.starts_with("sqlite:") { format!("x'{}'", id.replace('-', "")) } else { format!("'{id}'") }
}

/// Sets columns of one row, past every rule.
pub(crate) fn mark(campus: &Campus, table: &str, id: &str, set: &str) {
    let url = campus.server.database_url();
    look::change(&url, &format!("UPDATE {table} SET {set} WHERE id = {}", literal(&url, id)));
}

/// Whether a list names the post; a list that is refused names nothing.
fn lists(person: &Person, path: &str, post: &str) -> bool {
    let answer = person.client.get(path);
    let Value::Array(rows) = answer.at("/results") else {
        assert!(matches!(answer.status, 403 | 404), "{path}: {}", answer.text());
        return false;
    };
    rows.iter().any(|row| row["id"] == post || row["post"]["id"] == post)
}

on_both! {
    fn vis_4_lists_details_search_pictures_and_comments_agree_on_who_sees_a_post(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.hot_likes", 1));
        let doomed = madang_harness::campus::board(&campus.admin, &campus.a, json!({ "name": "Doomed" }));
        let titles = ["open", "hidden", "removed", "deleted"];
        let mut posts = Vec::new();
        let mut add = |board: &str, title: &str| {
            let image = upload(&campus.u1, 1);
            let post = post_with(&campus.u1, board, &format!("Seen {title}"), &[&image]);
            for person in [&campus.u2, &campus.admin] {
                person.client.put(&format!("/posts/{post}/scrap")).expect(204);
            }
            campus.u2.client.call("POST", &format!("/posts/{post}/likes")).send().expect(201);
            posts.push((board.to_owned(), title.to_owned(), post, image));
        };
        for title in titles {
            add(&campus.open_board, title);
        }
        add(&campus.closed_board, "closed");
        add(&doomed, "doomed");
        for (_, title, post, _) in &posts {
            match title.as_str() {
                "hidden" => mark(&campus, "posts", post, "hidden_reason = 'spam'"),
                "removed" => mark(&campus, "posts", post, "removed_at = created_at"),
                "deleted" => drop(campus.u1.client.delete(&format!("/posts/{post}")).expect(204)),
                _ => {}
            }
        }
        mark(&campus, "boards", &doomed, "deleted_at = created_at");

        let readers = [&campus.g, &campus.u1, &campus.u2, &campus.u3, &campus.moderator, &campus.admin];
        let mut seen = Vec::new();
        for reader in readers {
            for (board, title, post, image) in &posts {
                let who = format!("{title} to {}", reader.username);
                let detail = reader.client.get(&format!("/posts/{post}"));
                let is_whole = detail.status == 200 && detail.at("/contents").is_string();
                let is_listed = is_whole && detail.at("/state") == "live";
                let board_list = format!("/boards/{board}/posts");
                for path in ["/posts", "/posts?search=seen", "/posts?title__startswith=Seen", "/posts/hot", &board_list] {
                    assert_eq!(lists(reader, path, post), is_listed, "{who}: {path}");
                }
                if [&campus.u2.id, &campus.admin.id].contains(&&reader.id) {
                    assert_eq!(lists(reader, "/me/scraps", post), is_listed, "{who}: scraps");
                }
                for path in [format!("/media/{image}/full"), format!("/posts/{post}/comments")] {
                    assert_eq!(reader.client.get(&path).status == 200, is_whole, "{who}: {path}");
                }
                if is_whole {
                    seen.push(who);
                }
            }
        }
        assert_eq!(seen, [
            "open to guest",
            "open to user1", "hidden to user1", "closed to user1",
            "open to user2", "closed to user2",
            "open to warden", "closed to warden",
            "open to chief", "closed to chief",
        ]);
        assert!(lists(&campus.u1, "/me/posts", &posts[1].2), "one's own hidden posts stand in one's own list");
    }
}

on_both! {
    fn vis_5_what_is_private_is_nobody_elses_staff_included(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let u1 = &campus.u1.client;
        let lead = u1.post("/leads", json!({ "name": "Park", "email": "p@firm.test" })).expect(201).string("/id");
        let image = upload(&campus.u1, 1);
        let token = u1.post("/auth/tokens", json!({ "name": "Script", "password": PASSWORD })).expect(201).string("/id");
        let session = u1.get("/auth/sessions").expect(200).string("/results/0/id");
        let post = campus.post(&campus.u2, "Kept");
        u1.put(&format!("/posts/{post}/scrap")).expect(204);
        u1.put(&format!("/boards/{}/favourite", campus.open_board)).expect(204);
        let gone = campus.post(&campus.u1, "Gone");
        u1.delete(&format!("/posts/{gone}")).expect(204);
        let noisy = campus.student("noisy");
        let block = crate::blocks::block(&campus.u1, "user", &noisy.id).expect(201).string("/id");
        let export = made(u1);

        let private = [
            ("GET", format!("/leads/{lead}")),
            ("PATCH", format!("/leads/{lead}")),
            ("DELETE", format!("/leads/{lead}")),
            ("DELETE", format!("/uploads/{image}")),
            ("DELETE", format!("/blocks/{block}")),
            ("GET", format!("/media/{image}/full")),
            ("GET", format!("/media/{image}/thumb")),
            ("DELETE", format!("/auth/tokens/{token}")),
            ("DELETE", format!("/auth/sessions/{session}")),
            ("POST", format!("/me/trash/{gone}/restore")),
            ("GET", export.clone()),
            ("GET", format!("{export}/file")),
        ];
        let nothing = "01890000-0000-7000-8000-000000000000";
        for other in [&campus.u2, &campus.u3, &campus.moderator, &campus.admin] {
            for (method, path) in &private {
                let ask = |path: &str| -> Response {
                    let call = other.client.call(method, path);
                    if *method == "PATCH" { call.json(&json!({ "name": "Mine" })).send() } else { call.send() }
                };
                let problem = ask(path).refused(404, "not_found");
                // As if there were nothing of that kind.
                let id = path.split('/').find(|part| part.len() == nothing.len()).unwrap();
                let unknown = ask(&path.replace(id, nothing));
                assert_eq!(problem.header_names(), unknown.header_names(), "{method} {path}");
                let (left, right) = (problem.json(), unknown.json());
                assert_eq!((&left["title"], &left["detail"], &left["code"]), (&right["title"], &right["detail"], &right["code"]));
            }
            for list in ["/leads", "/me/scraps", "/me/favourites", "/me/trash", "/auth/tokens", "/blocks"] {
                assert_eq!(other.client.get(list).expect(200).at("/results"), json!([]), "{list}");
            }
            assert!(!other.client.get("/auth/sessions").expect(200).text().contains(&session));
        }
        for list in ["/leads", "/me/scraps", "/me/favourites", "/me/trash", "/auth/tokens", "/blocks"] {
            assert_eq!(u1.get(list).expect(200).at("/results").as_array().unwrap().len(), 1, "{list}");
        }
        u1.get(&format!("{export}/file")).expect(200);
        u1.get(&format!("/media/{image}/full")).expect(200);
    }
}

/// Takes out what items foretell of removals, which staff alone may do.
fn drop_removals(body: &mut Value) {
    match body {
        Value::Object(fields) => {
            for permissions in ["can", "cannot"] {
                if let Some(Value::Object(acts)) = fields.get_mut(permissions) {
                    acts.remove("remove");
                }
            }
            fields.values_mut().for_each(drop_removals);
        }
        Value::Array(values) => values.iter_mut().for_each(drop_removals),
        _ => {}
    }
}

on_both! {
    fn vis_6_staff_read_like_any_member_on_ordinary_routes(kind) {
        let campus = Campus::open(kind);
        let names = ["live", "hidden", "removed", "deleted"];
        let posts = names.map(|name| campus.post(&campus.u1, name));
        let thread = campus.post(&campus.u2, "Thread");
        let comments = names.map(|name| {
            let comment = campus.comment(&campus.u1, &thread, name);
            let reply = json!({ "contents": "Indeed", "parent_id": comment });
            campus.u2.client.post(&format!("/posts/{thread}/comments"), reply).expect(201);
            comment
        });
        for (table, [_, hidden, removed, deleted]) in [("posts", &posts), ("comments", &comments)] {
            mark(&campus, table, hidden, "hidden_reason = 'abuse'");
            mark(&campus, table, removed, "removed_at = created_at");
            campus.u1.client.delete(&format!("/{table}/{deleted}")).expect(204);
        }
        let mut paths = vec![
            "/posts".to_owned(), "/posts?search=hidden".to_owned(), format!("/boards/{}/posts", campus.open_board),
            format!("/posts/{thread}/comments"),
        ];
        paths.extend(posts.iter().flat_map(|id| [format!("/posts/{id}"), format!("/posts/{id}/comments")]));
        paths.extend(comments.iter().flat_map(|id| [format!("/comments/{id}"), format!("/comments/{id}/replies")]));
        let view = |person: &Person, path: &str| {
            let answer = person.client.get(path);
            let mut body = answer.json();
            // Which request it was, and where the next page of whom is.
            for field in ["instance", "request_id", "next", "previous", "view_count"] {
                body.as_object_mut().unwrap().remove(field);
            }
            drop_removals(&mut body);
            (answer.status, body)
        };
        let student = campus.student("member");
        for path in &paths {
            let member = view(&student, path);
            for staff in [&campus.moderator, &campus.admin] {
                assert_eq!(view(staff, path), member, "{path} to {}", staff.username);
            }
        }
        let statuses = |ids: &[String; 4], kind: &str| ids.each_ref().map(|id| view(&campus.admin, &format!("/{kind}/{id}")).0);
        assert_eq!((statuses(&posts, "posts"), statuses(&comments, "comments")), ([200, 200, 404, 404], [200, 403, 404, 404]));
        let stub = view(&campus.admin, &format!("/posts/{}", posts[1])).1;
        assert_eq!((&stub["state"], &stub["contents"]), (&json!("hidden"), &Value::Null));
    }
}
