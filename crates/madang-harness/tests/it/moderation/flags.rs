//! Words that open a case.

use super::{case_of, decide, report};
use crate::media::upload;
use crate::on_both;
use madang_harness::campus::board;
use madang_harness::{Campus, Config};
use serde_json::json;

on_both! {
    fn post_14_flagged_words_are_stored_and_open_a_case(kind) {
        let campus = Campus::with(kind, Config::default().with("moderation.flagged_words", vec!["쪽지방", "Casino"]));
        let staff = &campus.moderator.client;
        let count = || staff.get("/moderation/cases?status=open").expect(200).at("/count");
        let path = format!("/boards/{}/posts", campus.open_board);
        let plain = campus.post(&campus.u1, "Plain");
        assert_eq!(count(), json!(0));

        let body = json!({ "title": "ＣＡＳＩＮＯ tonight", "contents": "Come.", "is_anonymous": true });
        let post = campus.u1.client.post(&path, body).expect(201).string("/id");
        assert_eq!(campus.u2.client.get(&format!("/posts/{post}")).expect(200).at("/state"), json!("live"));
        let case = case_of(staff, &post);
        assert_eq!((&case["report_count"], &case["reasons"], &case["status"]), (&json!(0), &json!({}), &json!("open")));
        assert_eq!((&case["snapshot"], &case["author"]["label"]), (&json!("ＣＡＳＩＮＯ tonight\n\nCome."), &json!("Anonymous (author)")));
        let comment = campus.comment(&campus.u2, &plain, "여기 쪽지방 있어요");
        assert_eq!(case_of(staff, &comment)["target_type"], json!("comment"));
        assert_eq!(count(), json!(2));

        // One case is enough while it is open; a report joins it.
        campus.u1.client.patch(&format!("/posts/{post}"), json!({ "contents": "Casino, again." })).expect(200);
        report(&campus.u2, "post", &post, "advertising").expect(201);
        assert_eq!((count(), &case_of(staff, &post)["report_count"]), (json!(2), &json!(1)));
        decide(staff, &case_of(staff, &post), "dismiss").expect(200);
        // What stands is not flagged again; what is written anew is.
        campus.u1.client.patch(&format!("/posts/{post}"), json!({ "contents": "Nothing." })).expect(200);
        assert_eq!(count(), json!(1));
        campus.u1.client.patch(&format!("/posts/{post}"), json!({ "contents": "The casino." })).expect(200);
        assert_eq!(count(), json!(2));
    }

    fn post_14_flagged_captions_open_a_case(kind) {
        let campus = Campus::with(kind, Config::default().with("moderation.flagged_words", vec!["casino"]));
        let staff = &campus.moderator.client;
        let count = || staff.get("/moderation/cases?status=open").expect(200).at("/count");
        let path = format!("/boards/{}/posts", campus.open_board);
        let (first, second) = (upload(&campus.u1, 1), upload(&campus.u1, 2));
        let images = |caption: &str| json!([{ "upload_id": first, "caption": caption }]);
        let post = campus.u1.client.post(&path, json!({ "title": "Views", "contents": "Two.", "images": images("The Casino") }));
        let post = post.expect(201).string("/id");
        assert_eq!(case_of(staff, &post)["snapshot"], json!("Views\n\nTwo.\n\nThe Casino"));
        decide(staff, &case_of(staff, &post), "dismiss").expect(200);
        // A caption that stands is not flagged again; one that is written anew is.
        let edit = |images: &serde_json::Value| campus.u1.client.patch(&format!("/posts/{post}"), json!({ "images": images })).expect(200);
        let both = |caption: &str| json!([{ "upload_id": second, "caption": caption }, { "upload_id": first, "caption": "The Casino" }]);
        edit(&both("At dawn"));
        assert_eq!(count(), json!(0));
        edit(&both("casino, again"));
        assert_eq!(count(), json!(1));
    }

    fn post_14_an_edited_comment_is_flagged(kind) {
        let campus = Campus::with(kind, Config::default().with("moderation.flagged_words", vec!["casino"]));
        let editable = board(&campus.admin, &campus.a, json!({ "name": "Editable", "comments_editable": true }));
        let post = campus.u1.client.post(&format!("/boards/{editable}/posts"), json!({ "contents": "Harmless." })).expect(201).string("/id");
        let comment = campus.comment(&campus.u2, &post, "Harmless");
        campus.u2.client.patch(&format!("/comments/{comment}"), json!({ "contents": "A casino" })).expect(200);
        assert_eq!(case_of(&campus.moderator.client, &comment)["snapshot"], json!("A casino"));
    }
}
