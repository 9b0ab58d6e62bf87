//! What the recipients of messages are told.

use super::{anonymous, open, send, settings};
use crate::on_both;
use madang_harness::{Campus, Person};
use serde_json::json;
use std::time::Duration;

on_both! {
    fn msg_5_vis_4_the_unread_count_is_that_of_the_list(kind) {
        let campus = Campus::open(kind);
        let (u1, u2, third) = (&campus.u1, &campus.u2, &campus.moderator);
        let hidden = anonymous(&campus, u1, "Whispered");
        let by_name = open(u2, "user", &u1.id, "One").expect(201).string("/id");
        let labelled = open(third, "post", &hidden, "One").expect(201).string("/id");
        send(u2, &by_name, "Two").expect(201);
        let counted = || {
            let rows = u1.client.get("/message-threads?limit=100").expect(200).at("/results");
            let listed: i64 = rows.as_array().unwrap().iter().map(|row| row["unread_count"].as_i64().unwrap()).sum();
            let unread = u1.client.get("/me/unread").expect(200);
            assert_eq!(unread.at("/messages"), json!(listed));
            let notices = u1.client.get("/notifications?kind=message&is_read=false").expect(200).at("/results");
            assert_eq!(unread.at("/notifications"), json!(notices.as_array().unwrap().len()));
            (listed, notices.as_array().unwrap().len())
        };
        assert_eq!(counted(), (3, 3));
        let block = crate::blocks::block(u1, "user", &u2.id).expect(201).string("/id");
        assert_eq!(counted(), (1, 1));
        u1.client.delete(&format!("/blocks/{block}")).expect(204);
        assert_eq!(counted(), (3, 3));
        u1.client.delete(&format!("/message-threads/{labelled}")).expect(204);
        assert_eq!(counted(), (2, 2));
        // A new message brings the thread back, and not what was told of those deleted with it (MSG-6).
        campus.server.clock().advance(Duration::from_secs(1));
        send(third, &labelled, "Two").expect(201);
        assert_eq!(counted(), (3, 3));
        u1.client.put(&format!("/message-threads/{by_name}/read")).expect(204);
        assert_eq!(counted().0, 1);
        assert_eq!(u2.client.get("/me/unread").expect(200).at("/messages"), json!(0));
    }

    fn not_1_anon_5h_a_message_tells_the_other_side_under_the_label_of_the_thread(kind) {
        let campus = Campus::open(kind);
        let (u1, u2) = (&campus.u1, &campus.u2);
        let hidden = anonymous(&campus, u1, "Whispered");
        let labelled = open(u2, "post", &hidden, "One").expect(201).string("/id");
        campus.server.clock().advance(Duration::from_secs(1));
        send(u1, &labelled, "Two").expect(201);
        campus.server.clock().advance(Duration::from_secs(1));
        let by_name = open(u2, "user", &u1.id, "One").expect(201).string("/id");
        let told = |person: &Person| person.client.get("/notifications?kind=message").expect(200).at("/results");
        let [of_author, of_opener] = [told(u1), told(u2)];
        assert_eq!((of_author.as_array().unwrap().len(), of_opener.as_array().unwrap().len()), (2, 1));
        assert_eq!((&of_author[0]["actor"]["id"], &of_author[0]["target"]["id"]), (&json!(u2.id), &json!(by_name)));
        // Whoever opened it has no number; the author of the post is told apart, as in the thread (ANON-5h).
        for (notice, label, is_post_author) in [(&of_author[1], "Anonymous", false), (&of_opener[0], "Anonymous (author)", true)] {
            assert_eq!(notice["target"], json!({ "type": "message_thread", "id": labelled, "post_id": null }));
            let actor = json!({
                "kind": "anonymous", "id": null, "nickname": null, "image_url": null, "label": label, "number": null,
                "is_post_author": is_post_author,
            });
            assert_eq!(notice["actor"], actor);
        }
        settings(u1, &json!({ "notify": { "message": false } }));
        send(u2, &by_name, "Two").expect(201);
        assert_eq!(told(u1), of_author);
    }
}
