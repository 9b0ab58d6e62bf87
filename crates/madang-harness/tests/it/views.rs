//! Readers of posts.

use crate::on_both;
use madang_harness::{Campus, Config, Person};
use serde_json::json;
use std::time::{Duration, Instant};

fn views(person: &Person) -> i64 {
    person.client.get("/posts").expect(200).at("/results/0/view_count").as_i64().unwrap()
}

/// Waits until the newest post has `expected` readers, and then as long again to see that it stays so.
fn settle(person: &Person, expected: i64) {
    let begun = Instant::now();
    while views(person) != expected {
        assert!(begun.elapsed() < Duration::from_secs(10), "{} readers, not {expected}", views(person));
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(150));
    assert_eq!(views(person), expected);
}

fn read(person: &Person, post: &str) {
    person.client.get(&format!("/posts/{post}")).expect(200);
}

on_both! {
    fn post_10_each_reader_counts_once_and_the_named_author_never(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.view_flush_seconds", 0.05));
        let post = campus.post(&campus.u1, "Read me");
        for _ in 0..3 {
            read(&campus.u1, &post);
            read(&campus.u2, &post);
        }
        settle(&campus.u1, 1);
        read(&campus.u2, &post);
        read(&campus.g, &post);
        read(&campus.moderator, &post);
        campus.u3.client.get(&format!("/posts/{post}")).refused(404, "not_found");
        settle(&campus.u1, 3);
        let shown = campus.u1.client.get(&format!("/posts/{post}")).expect(200);
        assert_eq!(shown.at("/updated_at"), shown.at("/created_at"));
    }
}

on_both! {
    fn post_10_an_anonymous_author_counts_like_any_reader(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.view_flush_seconds", 0.05));
        let body = json!({ "contents": "Who am I?", "is_anonymous": true });
        let path = format!("/boards/{}/posts", campus.open_board);
        let post = campus.u1.client.post(&path, body).expect(201).string("/id");
        read(&campus.u1, &post);
        settle(&campus.u2, 1);
        read(&campus.u2, &post);
        settle(&campus.u2, 2);
    }
}

on_both! {
    fn post_10_a_graceful_stop_writes_what_waits(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.view_flush_seconds", 3600));
        let post = campus.post(&campus.u1, "Last words");
        read(&campus.u2, &post);
        assert_eq!(views(&campus.u1), 0);
        let Campus { server, u1, .. } = campus;
        let server = server.restart_gently();
        let u1 = Person { client: u1.client.at(server.address()), ..u1 };
        assert_eq!(views(&u1.log_in()), 1);
    }
}
