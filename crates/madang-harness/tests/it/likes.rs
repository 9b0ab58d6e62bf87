//! Likes, as their givers and everybody else meet them.

use crate::on_both;
use crate::visibility::mark;
use madang_harness::campus::board;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Config, Person, Response};
use serde_json::json;
use std::time::{Duration, Instant};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn like(person: &Person, post: &str) -> Response {
    person.client.call("POST", &format!("/posts/{post}/likes")).send()
}

fn unlike(person: &Person, post: &str) -> Response {
    person.client.delete(&format!("/posts/{post}/likes"))
}

fn read(person: &Person, post: &str) -> Response {
    person.client.get(&format!("/posts/{post}")).expect(200)
}

/// A post of `author` in a board where likes can be taken back.
fn cancellable(campus: &Campus, author: &Person) -> String {
    let id = board(&campus.admin, &campus.a, json!({ "name": "Mild", "likes_cancellable": true }));
    let body = json!({ "contents": "Like me or not." });
    author.client.post(&format!("/boards/{id}/posts"), body).expect(201).string("/id")
}

on_both! {
    fn like_1_one_like_each_and_none_of_ones_own(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "First");
        assert_eq!(read(&campus.u2, &post).at("/can/like"), json!(true));
        let liked = like(&campus.u2, &post).expect(201);
        assert_eq!(liked.json(), json!({ "like_count": 1, "liked": true }));
        assert!(liked.header("location").unwrap().ends_with(&format!("/posts/{post}")));
        like(&campus.u2, &post).refused(409, "already_liked");
        let seen = read(&campus.u2, &post);
        assert_eq!((seen.at("/like_count"), seen.at("/liked")), (json!(1), json!(true)));
        assert_eq!((seen.at("/can/like"), seen.at("/cannot/like")), (json!(false), json!("already_liked")));
        assert_eq!(seen.at("/updated_at"), seen.at("/created_at"));
        let others = read(&campus.moderator, &post);
        assert_eq!((others.at("/like_count"), others.at("/liked")), (json!(1), json!(false)));
        let item = campus.u2.client.get("/posts").expect(200);
        assert_eq!((item.at("/results/0/liked"), item.at("/results/0/like_count")), (json!(true), json!(1)));

        like(&campus.u1, &post).refused(403, "own_item");
        assert_eq!(read(&campus.u1, &post).at("/cannot/like"), json!("own_item"));
        like(&campus.g, &post).refused(403, "email_unverified");
        assert_eq!(read(&campus.g, &post).at("/cannot/like"), json!("email_unverified"));
        like(&campus.u3, &post).refused(404, "not_found");
        campus.u1.client.delete(&format!("/posts/{post}")).expect(204);
        like(&campus.moderator, &post).refused(404, "not_found");
    }
}

on_both! {
    fn like_1_an_anonymous_author_is_refused_like_a_named_one(kind) {
        let campus = Campus::open(kind);
        let body = json!({ "contents": "Nobody knows.", "is_anonymous": true });
        let path = format!("/boards/{}/posts", campus.open_board);
        let post = campus.u1.client.post(&path, body).expect(201).string("/id");
        like(&campus.u1, &post).refused(403, "own_item");
        like(&campus.u2, &post).expect(201);
        assert_eq!(read(&campus.moderator, &post).at("/can/like"), json!(true));
    }
}

on_both! {
    fn like_1_what_is_older_than_the_limit_is_not_liked(kind) {
        let campus = Campus::with(kind, Config::default().with("likes.max_age_days", 3));
        let post = campus.post(&campus.u1, "Old");
        campus.server.clock().advance(3 * DAY - Duration::from_secs(60));
        let (u2, moderator) = (campus.u2.log_in(), campus.moderator.log_in());
        like(&u2, &post).expect(201);
        campus.server.clock().advance(Duration::from_secs(120));
        like(&moderator, &post).refused(403, "target_too_old");
        assert_eq!(read(&moderator, &post).at("/cannot/like"), json!("target_too_old"));
        assert_eq!(read(&u2, &post).at("/cannot/like"), json!("target_too_old"));
    }
}

on_both! {
    fn like_2_likes_are_final_unless_the_board_says_otherwise(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.hot_likes", 2));
        let final_post = campus.post(&campus.u1, "Final");
        like(&campus.u2, &final_post).expect(201);
        let refused = unlike(&campus.u2, &final_post).refused(405, "method_not_allowed");
        assert_eq!(refused.header("allow").unwrap(), "POST, OPTIONS");
        unlike(&campus.moderator, &final_post).refused(405, "method_not_allowed");

        let post = cancellable(&campus, &campus.u1);
        unlike(&campus.u2, &post).refused(404, "not_found");
        like(&campus.u2, &post).expect(201);
        unlike(&campus.u2, &post).expect(204);
        let seen = read(&campus.u2, &post);
        assert_eq!((seen.at("/like_count"), seen.at("/liked")), (json!(0), json!(false)));
        unlike(&campus.u2, &post).refused(404, "not_found");
        unlike(&campus.u3, &post).refused(404, "not_found");
        like(&campus.u2, &post).expect(201);
        like(&campus.moderator, &post).expect(201);
        assert!(read(&campus.u1, &post).at("/hot_at").is_string());
        unlike(&campus.u2, &post).refused(409, "like_locked");
        unlike(&campus.admin, &post).refused(404, "not_found");
        assert_eq!(read(&campus.u2, &post).at("/like_count"), json!(2));
    }
}

on_both! {
    fn post_8_stamps_come_once_and_stay(kind) {
        let config = Config::default().with("posts.hot_likes", 1).with("posts.best_likes", 2);
        let campus = Campus::with(kind, config);
        let post = campus.post(&campus.u1, "Rising");
        like(&campus.u2, &post).expect(201);
        let hot = read(&campus.u1, &post);
        assert!(hot.at("/hot_at").is_string() && hot.at("/best_at").is_null());
        campus.server.clock().advance(Duration::from_secs(5));
        like(&campus.moderator, &post).expect(201);
        let best = read(&campus.u1, &post);
        assert_eq!(best.at("/hot_at"), hot.at("/hot_at"));
        assert!(best.string("/best_at") > best.string("/hot_at"));
        campus.server.clock().advance(Duration::from_secs(5));
        like(&campus.admin, &post).expect(201);
        campus.u1.client.delete(&format!("/posts/{post}")).expect(204);
        campus.u1.client.call("POST", &format!("/me/trash/{post}/restore")).send().expect(200);
        let after = read(&campus.u1, &post);
        assert_eq!((after.at("/hot_at"), after.at("/best_at")), (best.at("/hot_at"), best.at("/best_at")));
        assert_eq!((after.at("/like_count"), after.at("/updated_at")), (json!(3), hot.at("/updated_at")));

        let cold = board(&campus.admin, &campus.a, json!({ "name": "Cold", "hot_eligible": false }));
        let body = json!({ "contents": "Never hot." });
        let post = campus.u1.client.post(&format!("/boards/{cold}/posts"), body).expect(201).string("/id");
        like(&campus.u2, &post).expect(201);
        assert!(read(&campus.u2, &post).at("/hot_at").is_null());
    }
}

on_both! {
    fn like_1_comments_are_liked_once_and_by_others(kind) {
        let campus = Campus::with(kind, Config::default().with("likes.max_age_days", 3));
        let mild = board(&campus.admin, &campus.a, json!({ "name": "Mild", "likes_cancellable": true }));
        let write = |board: &str| {
            let path = format!("/boards/{board}/posts");
            let body = json!({ "contents": format!("Talk in {board}.") });
            let post = campus.u1.client.post(&path, body).expect(201).string("/id");
            let path = format!("/posts/{post}/comments");
            campus.u2.client.post(&path, json!({ "contents": "Yes." })).expect(201).string("/id")
        };
        let (fixed, mild) = (write(&campus.open_board), write(&mild));
        let like = |person: &Person, comment: &str| {
            person.client.call("POST", &format!("/comments/{comment}/likes")).send()
        };
        let unlike = |person: &Person, comment: &str| {
            person.client.delete(&format!("/comments/{comment}/likes"))
        };
        let read = |person: &Person, comment: &str| {
            person.client.get(&format!("/comments/{comment}")).expect(200)
        };
        assert_eq!(read(&campus.u1, &fixed).at("/can/like"), json!(true));
        let liked = like(&campus.u1, &fixed).expect(201);
        assert_eq!(liked.json(), json!({ "like_count": 1, "liked": true }));
        assert!(liked.header("location").unwrap().ends_with(&format!("/comments/{fixed}")));
        like(&campus.u1, &fixed).refused(409, "already_liked");
        let seen = read(&campus.u1, &fixed);
        assert_eq!((seen.at("/like_count"), seen.at("/liked")), (json!(1), json!(true)));
        assert_eq!(seen.at("/cannot/like"), json!("already_liked"));
        assert_eq!(read(&campus.moderator, &fixed).at("/liked"), json!(false));
        like(&campus.u2, &fixed).refused(403, "own_item");
        assert_eq!(read(&campus.u2, &fixed).at("/cannot/like"), json!("own_item"));
        like(&campus.g, &fixed).refused(403, "email_unverified");
        like(&campus.u3, &fixed).refused(404, "not_found");
        let refused = unlike(&campus.u1, &fixed).refused(405, "method_not_allowed");
        assert_eq!(refused.header("allow").unwrap(), "POST, OPTIONS");

        unlike(&campus.u1, &mild).refused(404, "not_found");
        like(&campus.u1, &mild).expect(201);
        unlike(&campus.u1, &mild).expect(204);
        assert_eq!(read(&campus.u1, &mild).at("/like_count"), json!(0));
        like(&campus.u1, &mild).expect(201);

        campus.u2.client.delete(&format!("/comments/{fixed}")).expect(204);
        like(&campus.moderator, &fixed).refused(404, "not_found");
        campus.u2.client.call("POST", &format!("/me/trash/{fixed}/restore")).send().expect(200);
        assert_eq!(read(&campus.u1, &fixed).at("/like_count"), json!(1));

        campus.server.clock().advance(3 * DAY + Duration::from_secs(1));
        like(&campus.moderator.log_in(), &fixed).refused(403, "target_too_old");
    }
}

on_both! {
    fn like_3_who_likes_is_never_told_and_a_like_outlives_its_giver(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let post = campus.post(&campus.u1, "Liked");
        let comment = campus.comment(&campus.u1, &post, "Liked, too");
        let giver = campus.student("generous");
        for path in [format!("/posts/{post}/likes"), format!("/comments/{comment}/likes")] {
            giver.client.call("POST", &path).send().expect(201);
            for reader in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin] {
                reader.client.get(&path).refused(405, "method_not_allowed");
            }
        }
        let paths = [
            format!("/posts/{post}"), format!("/posts/{post}/comments"), format!("/comments/{comment}"),
            "/posts".to_owned(), "/posts/hot".to_owned(), "/me/posts".to_owned(), "/me/comments".to_owned(),
        ];
        for reader in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin] {
            for path in &paths {
                let text = reader.client.get(path).expect(200).text();
                assert!(!text.contains(&giver.id) && !text.contains("generous"), "{path}");
            }
        }
        assert_eq!(campus.server.mailbox().settled(&campus.u1.email), 1, "nothing but the link of the sign-up");

        let counts = |reader: &Person| {
            let comment = reader.client.get(&format!("/comments/{comment}")).expect(200);
            (read(reader, &post).at("/like_count"), comment.at("/like_count"))
        };
        mark(&campus, "users", &giver.id, "state = 'banned'");
        assert_eq!(counts(&campus.u2), (json!(1), json!(1)), "a ban");
        mark(&campus, "users", &giver.id, "state = 'active'");
        giver.client.post("/me/withdrawal", json!({ "password": PASSWORD })).expect(204);
        assert_eq!(counts(&campus.u2), (json!(1), json!(1)), "withdrawal");
        campus.server.clock().advance(15 * DAY);
        let admin = campus.admin.log_in().client;
        let path = format!("/admin/users/{}", giver.id);
        let begun = Instant::now();
        while admin.get(&path).expect(200).at("/username") == json!("generous") {
            assert!(begun.elapsed() < Duration::from_secs(20), "the giver is still there");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(counts(&campus.u2.log_in()), (json!(1), json!(1)), "erasure");
    }
}
