//! Posts that people keep, and posts that they mute.

use crate::on_both;
use madang_harness::{Campus, Person, Response};
use serde_json::json;
use std::time::Duration;

fn scrap(person: &Person, post: &str) -> Response {
    person.client.put(&format!("/posts/{post}/scrap"))
}

fn unscrap(person: &Person, post: &str) -> Response {
    person.client.delete(&format!("/posts/{post}/scrap"))
}

fn scraps(person: &Person, query: &str) -> Vec<String> {
    let feed = person.client.get(&format!("/me/scraps{query}")).expect(200);
    let rows = feed.at("/results");
    rows.as_array().unwrap().iter().map(|row| row["post"]["id"].as_str().unwrap().to_owned()).collect()
}

fn read(person: &Person, post: &str) -> Response {
    person.client.get(&format!("/posts/{post}")).expect(200)
}

on_both! {
    fn scr_1_scraps_are_idempotent_and_not_for_ones_own(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Keep me");
        scrap(&campus.u2, &post).expect(204);
        scrap(&campus.u2, &post).expect(204);
        let seen = read(&campus.u2, &post);
        assert_eq!((seen.at("/scrapped"), seen.at("/scrap_count")), (json!(true), json!(1)));
        assert_eq!(seen.at("/can/scrap"), json!(true));
        let others = read(&campus.moderator, &post);
        assert_eq!((others.at("/scrapped"), others.at("/scrap_count")), (json!(false), json!(1)));
        scrap(&campus.u1, &post).refused(403, "own_item");
        assert_eq!(read(&campus.u1, &post).at("/cannot/scrap"), json!("own_item"));
        scrap(&campus.u3, &post).refused(404, "not_found");
        unscrap(&campus.u3, &post).refused(404, "not_found");
        unscrap(&campus.u2, &post).expect(204);
        unscrap(&campus.u2, &post).expect(204);
        assert_eq!(read(&campus.u2, &post).at("/scrap_count"), json!(0));

        scrap(&campus.u2, &post).expect(204);
        campus.u1.client.delete(&format!("/posts/{post}")).expect(204);
        scrap(&campus.moderator, &post).refused(404, "not_found");
        unscrap(&campus.u2, &post).expect(204);
        unscrap(&campus.u2, &post).refused(404, "not_found");
        campus.u1.client.call("POST", &format!("/me/trash/{post}/restore")).send().expect(200);
        assert_eq!(read(&campus.u1, &post).at("/scrap_count"), json!(0));
    }
}

on_both! {
    fn scr_2_the_list_is_private_in_order_of_keeping_and_of_visible_posts(kind) {
        let campus = Campus::open(kind);
        let posts = ["One", "Two", "Three"].map(|title| campus.post(&campus.u1, title));
        let closed = format!("/boards/{}/posts", campus.closed_board);
        let inside = campus.u1.client.post(&closed, json!({ "contents": "Inside." })).expect(201).string("/id");
        for post in [&posts[2], &inside, &posts[0], &posts[1]] {
            campus.server.clock().advance(Duration::from_secs(1));
            scrap(&campus.u2, post).expect(204);
        }
        let all = [&posts[1], &posts[0], &inside, &posts[2]].map(String::clone);
        assert_eq!(scraps(&campus.u2, ""), all);
        assert_eq!(scraps(&campus.u1, ""), [""; 0]);
        assert_eq!(scraps(&campus.u2, &format!("?board={}", campus.closed_board)), std::slice::from_ref(&inside));
        assert_eq!(scraps(&campus.u2, "?search=two"), std::slice::from_ref(&posts[1]));
        campus.u2.client.get("/me/scraps?ordering=created_at").refused(400, "unknown_parameter");
        campus.g.client.get("/me/scraps").refused(403, "email_unverified");

        let first = campus.u2.client.get("/me/scraps?limit=3").expect(200);
        let item = first.at("/results/0");
        assert!(item["scrapped_at"].is_string() && item["post"]["contents_truncated"].is_boolean());
        assert_eq!((&item["post"]["scrapped"], &item["post"]["is_mine"]), (&json!(true), &json!(false)));
        let next = first.string("/next");
        let rest = campus.u2.client.get(&next.replace("https://madang.test/api/v1", "")).expect(200);
        assert_eq!(rest.at("/results/0/post/id"), json!(posts[2]));

        campus.u1.client.delete(&format!("/posts/{}", posts[0])).expect(204);
        assert_eq!(scraps(&campus.u2, ""), [all[0].clone(), all[2].clone(), all[3].clone()]);
        campus.u1.client.call("POST", &format!("/me/trash/{}/restore", posts[0])).send().expect(200);
        assert_eq!(scraps(&campus.u2, ""), all);
        assert_eq!(read(&campus.u1, &posts[0]).at("/scrap_count"), json!(1));
    }
}

on_both! {
    fn not_1_a_post_is_muted_and_unmuted_for_oneself(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Loud");
        let path = format!("/posts/{post}/mute");
        for person in [&campus.u1, &campus.u2] {
            person.client.put(&path).expect(204);
            person.client.put(&path).expect(204);
            assert_eq!(read(person, &post).at("/muted"), json!(true));
        }
        assert_eq!(read(&campus.moderator, &post).at("/muted"), json!(false));
        campus.u2.client.delete(&path).expect(204);
        campus.u2.client.delete(&path).expect(204);
        assert_eq!(read(&campus.u2, &post).at("/muted"), json!(false));
        assert_eq!(read(&campus.u1, &post).at("/muted"), json!(true));
        campus.u3.client.put(&path).refused(404, "not_found");
        campus.u3.client.delete(&path).refused(404, "not_found");
        campus.g.client.put(&path).refused(403, "email_unverified");
    }
}
