//! How often a request asks the database.

use crate::media::{post_with, upload};
use crate::on_both;
use madang_harness::{Campus, Client, Config, Server};

/// The statements of the one request that `path` is.
fn count(server: &Server, client: &Client, path: &str) -> usize {
    server.take_statements();
    client.get(path).expect(200);
    let units: Vec<_> =
        server.take_statements().into_iter().filter(|unit| mentions_a_session(unit)).collect();
    assert_eq!(units.len(), 1, "one request is one unit: {units:?}");
    units[0].len()
}

/// Jobs run units of their own beside the request; a request's begins with liveness.
fn mentions_a_session(unit: &[String]) -> bool {
    unit.first().is_some_and(|statement| statement.contains("sessions"))
}

on_both! {
    fn a_read_asks_liveness_and_at_most_two_statements_however_long_the_page(kind) {
        // In memory liveness would be no statement at all; count the worse case.
        let config = Config::default().with("auth.liveness", "database");
        let campus = Campus::on(Server::counting(kind, config));
        let post = campus.post(&campus.u1, "First");
        for number in 0..30 {
            campus.post(if number % 2 == 0 { &campus.u1 } else { &campus.u2 }, &format!("Post {number}"));
        }
        let comment = campus.comment(&campus.u1, &post, "First");
        for number in 0..25 {
            let parent = if number == 0 { comment.clone() } else { campus.comment(&campus.u2, &post, "Next") };
            for _ in 0..3 {
                let reply = serde_json::json!({ "contents": "Reply", "parent_id": parent });
                campus.u2.client.post(&format!("/posts/{post}/comments"), reply).expect(201);
            }
        }
        let written = crate::messages::open(&campus.u2, "post", &post, "Hello").expect(201).string("/id");
        let client = &campus.u1.client;
        let board = &campus.open_board;
        let reads = [
            "/me".to_owned(),
            "/me/posts".to_owned(),
            "/me/comments".to_owned(),
            format!("/posts/{post}/comments"),
            format!("/comments/{comment}"),
            format!("/comments/{comment}/replies"),
            "/me/trash".to_owned(),
            "/posts/hot".to_owned(),
            "/posts/best?half_year=2026H1".to_owned(),
            "/me/favourites".to_owned(),
            "/me/scraps".to_owned(),
            "/blocks".to_owned(),
            "/message-threads".to_owned(),
            format!("/message-threads/{written}"),
            format!("/message-threads/{written}/messages"),
            "/reports".to_owned(),
            "/me/sanctions".to_owned(),
            format!("/users/{}", campus.u2.id),
            "/boards".to_owned(),
            format!("/boards/{board}"),
            "/posts".to_owned(),
            format!("/boards/{board}/posts"),
            format!("/posts/{post}"),
            "/posts?title__icontains=post".to_owned(),
            "/auth/sessions".to_owned(),
            "/notifications".to_owned(),
            "/notifications?is_read=false".to_owned(),
            "/me/unread".to_owned(),
        ];
        for path in reads {
            let few = count(&campus.server, client, &path);
            assert!(few <= 3, "{path}: {few} statements");
        }
        for path in ["/moderation/cases".to_owned(), format!("/moderation/items/post/{post}")] {
            let few = count(&campus.server, &campus.moderator.client, &path);
            assert!(few <= 3, "{path}: {few} statements");
        }
        for path in ["/posts", &format!("/boards/{board}/posts"), &format!("/posts/{post}/comments")] {
            let (short, long) = (format!("{path}?limit=1"), format!("{path}?limit=30"));
            assert_eq!(count(&campus.server, client, &short), count(&campus.server, client, &long), "{path}");
        }
    }

    fn lists_cost_as_much_with_20_items_as_with_3(kind) {
        let config = Config::default().with("auth.liveness", "database").with("posts.hot_likes", 1).with("posts.best_likes", 1);
        let campus = Campus::on(Server::counting(kind, config));
        let client = &campus.u1.client;
        let thread = campus.post(&campus.u2, "The thread");
        let parent = campus.comment(&campus.u2, &thread, "The parent");
        let furnish = |n: usize| {
            let image = upload(&campus.u2, u8::try_from(n).unwrap());
            let post = post_with(&campus.u2, &campus.open_board, &format!("Findable {n}"), &[&image]);
            client.call("POST", &format!("/posts/{post}/likes")).send().expect(201);
            client.put(&format!("/posts/{post}/scrap")).expect(204);
            campus.post(&campus.u1, &format!("Own {n}"));
            let comment = campus.comment(if n.is_multiple_of(2) { &campus.u1 } else { &campus.u2 }, &thread, "Next");
            for parent in [&parent, &comment] {
                let reply = serde_json::json!({ "contents": "Reply", "parent_id": parent, "is_anonymous": n.is_multiple_of(3) });
                client.post(&format!("/posts/{thread}/comments"), reply).expect(201);
            }
            let deleted = campus.comment(&campus.u1, &thread, "Gone");
            client.delete(&format!("/comments/{deleted}")).expect(204);
            let lead = serde_json::json!({ "name": "Lead", "email": format!("lead{n}@firm.test") });
            client.post("/leads", lead).expect(201);
        };
        let paths = [
            format!("/boards/{}/posts", campus.open_board),
            format!("/posts/{thread}/comments"),
            format!("/comments/{parent}/replies"),
            "/posts".to_owned(),
            "/posts?search=findable".to_owned(),
            "/posts/hot".to_owned(),
            "/posts/best".to_owned(),
            "/me/scraps".to_owned(),
            "/me/posts".to_owned(),
            "/me/comments".to_owned(),
            "/me/trash".to_owned(),
            "/leads".to_owned(),
        ];
        let measure = |items: usize| {
            paths.each_ref().map(|path| {
                let listed = client.get(path).expect(200).at("/results").as_array().unwrap().len();
                assert!(listed >= items.min(20), "{path} lists {listed}");
                (path.clone(), count(&campus.server, client, path))
            })
        };
        (0..3).for_each(furnish);
        let few = measure(3);
        (3..20).for_each(furnish);
        assert_eq!(measure(20), few);
    }
}
