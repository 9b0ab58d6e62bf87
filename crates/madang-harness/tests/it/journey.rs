//! What the README shows in its first five minutes, on both databases.

use crate::on_both;
use madang_harness::person::{PASSWORD, refresh, sign_up_body};
use madang_harness::{Campus, Client};
use serde_json::{Value, json};

fn results(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).expect(200).at("/results").as_array().unwrap().clone()
}

on_both! {
    fn the_readme_from_sign_up_to_logout(kind) {
        let campus = Campus::open(kind);
        let browser = campus.v.other_device();

        let signed_up = browser.post("/auth/sign-up", sign_up_body(&campus.a.id, "dalbit", "dalbit@a.ac.test")).expect(201);
        assert_eq!(signed_up.at("/user/role"), "guest");
        let link = campus.server.mailbox().secret("dalbit@a.ac.test", 1);
        let verified = browser.post("/auth/email/verify", json!({ "token": link })).expect(200);
        assert_eq!(verified.at("/enrolment_verified"), json!(true));

        let login = json!({ "username": "dalbit", "password": PASSWORD });
        browser.post("/auth/login", login).expect(200);
        let refreshed = refresh(&browser).expect(200);
        let me = browser.with_token(refreshed.string("/access_token"));
        let user = me.get("/me").expect(200);
        assert_eq!(user.at("/role"), "student");
        assert_eq!(user.at("/school/id"), json!(campus.a.id));

        let board = format!("/boards/{}/posts", campus.open_board);
        let body = json!({ "title": "마당 축제 Festival", "contents": "첫 글 #축제", "is_anonymous": true });
        let created = me.post(&board, body).expect(201);
        let id = created.string("/id");
        assert!(created.header("location").unwrap().ends_with(&format!("/posts/{id}")));
        assert_eq!(created.at("/author/kind"), "anonymous");
        assert_eq!(created.at("/hashtags"), json!(["축제"]));
        let post = format!("/posts/{id}");

        let found = results(&me, "/posts?title__icontains=FESTIVAL");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["id"], json!(id));
        assert_eq!(results(&me, "/posts?title__icontains=%EC%B6%95%EC%A0%9C").len(), 1);
        assert!(results(&me, "/posts?title__icontains=nowhere").is_empty());

        let seen = me.get(&post).expect(200);
        assert_eq!(seen.etag(), created.etag());
        assert_eq!(me.call("GET", &post).header("if-none-match", &seen.etag()).send().expect(304).body, b"");
        let edit = json!({ "title": "마당 축제" });
        me.call("PATCH", &post).if_match("\"stale\"").json(&edit).send().refused(412, "precondition_failed");
        let edited = me.call("PATCH", &post).if_match(&seen.etag()).json(&edit).send().expect(200);
        assert_eq!(edited.at("/title"), "마당 축제");
        assert_ne!(edited.etag(), seen.etag());
        me.call("PATCH", &post).if_match(&seen.etag()).json(&edit).send().refused(412, "precondition_failed");

        me.delete(&post).expect(204);
        me.get(&post).refused(404, "not_found");
        assert!(results(&me, &board).is_empty());
        assert_eq!(results(&me, "/me/trash")[0]["id"], json!(id));
        let restored = me.call("POST", &format!("/me/trash/{id}/restore")).send().expect(200);
        assert_eq!(restored.at("/id"), json!(id));
        assert_eq!(me.get(&post).expect(200).at("/title"), "마당 축제");
        assert!(results(&me, "/me/trash").is_empty());

        me.call("POST", "/auth/logout").from_script().send().expect(204);
        me.get("/me").refused(401, "session_revoked");
        refresh(&browser).refused(401, "authentication_required");
    }
}

on_both! {
    fn feeds_are_walked_by_their_links_without_gap_or_repeat(kind) {
        let campus = Campus::open(kind);
        let mut written: Vec<String> = (0..7).map(|n| campus.post(&campus.u1, &format!("Post {n}"))).collect();
        written.reverse();
        let mut walked = Vec::new();
        let mut next = Some(format!("/boards/{}/posts?limit=3", campus.open_board));
        while let Some(path) = next {
            let page = campus.u2.client.get(&path).expect(200);
            walked.extend(page.at("/results").as_array().unwrap().iter().map(|post| post["id"].as_str().unwrap().to_owned()));
            next = page.at("/next").as_str().map(str::to_owned);
            if walked.len() == 3 {
                campus.post(&campus.u1, "Written meanwhile");
            }
        }
        assert_eq!(walked, written);
    }
}

on_both! {
    fn a_repeated_key_creates_once(kind) {
        let campus = Campus::open(kind);
        let path = format!("/boards/{}/posts", campus.open_board);
        let post = |contents: &str| {
            let body = json!({ "title": "Once", "contents": contents });
            campus.u1.client.call("POST", &path).header("idempotency-key", "key-1").json(&body).send()
        };
        let first = post("Words.").expect(201);
        let again = post("Words.").expect(201);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(again.text(), first.text());
        post("Other words.").refused(422, "idempotency_key_reused");
        assert_eq!(results(&campus.u1.client, &path).len(), 1);
    }
}
