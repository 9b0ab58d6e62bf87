//! Who learns who wrote an anonymous item.

use super::{anonymous_comment, anonymous_post, seat};
use crate::on_both;
use madang_harness::person::nickname;
use madang_harness::{Campus, Client, Response};
use serde_json::{Value, json};

const REASON: &str = "A court asks for it.";

fn reveal(client: &Client, kind: &str, id: &str) -> Response {
    client.post("/admin/reveals", json!({ "target_type": kind, "target_id": id, "reason": REASON }))
}

on_both! {
    fn anon_4_an_admin_with_a_reason_is_told_and_both_logs_know(kind) {
        let campus = Campus::open(kind);
        let post = anonymous_post(&campus, &campus.u1, "Who am I");
        let comment = anonymous_comment(&campus.u2, &post, "And I");
        let named = campus.post(&campus.u2, "By name");
        for (kind, id, person) in [("post", &post, &campus.u1), ("comment", &comment, &campus.u2), ("post", &named, &campus.u2)] {
            let told = reveal(&campus.admin.client, kind, id).expect(200);
            assert_eq!(told.at("/user"), json!({ "id": person.id, "username": person.username, "nickname": nickname(&person.username) }));
            assert_eq!((told.at("/target_type"), told.at("/target_id")), (json!(kind), json!(id)));
            let log = campus.admin.client.get("/moderation/log?limit=1").expect(200);
            assert_eq!(log.at("/results/0/id"), told.at("/log_id"));
            let audit = campus.admin.client.get("/admin/audit-log?kind=identity_revealed&limit=1").expect(200).at("/results/0");
            assert_eq!((&audit["user_id"], audit.to_string().contains(REASON), audit.to_string().contains(id)), (&json!(person.id), true, true));
        }
        // Of a reveal everybody reads that it happened and when, and no more (LOG-2).
        for client in [&campus.u2.client, &campus.moderator.client, &campus.admin.client] {
            let log = campus.u2.client.get("/moderation/log?action=identity_revealed").expect(200).at("/results");
            assert_eq!(log.as_array().unwrap().len(), 3);
            let entry = client.get("/moderation/log?action=identity_revealed").expect(200).at("/results/0");
            for field in ["actor", "board", "rule", "target_type", "target_id", "reason"] {
                assert_eq!(entry[field], Value::Null, "{field}");
            }
            // Asking by board does not tell where, either.
            let here = client.get(&format!("/moderation/log?action=identity_revealed&board={}", campus.open_board)).expect(200);
            assert_eq!(here.at("/results"), json!([]));
        }
        assert_eq!(campus.admin.client.get("/admin/audit-log?kind=identity_revealed").expect(200).at("/results").as_array().unwrap().len(), 3);
    }

    fn anon_4_nobody_else_is_told_and_nothing_is_logged(kind) {
        let campus = Campus::open(kind);
        let manager = campus.student("manager");
        seat(&campus, &manager);
        let post = anonymous_post(&campus, &campus.u1, "Who am I");
        for person in [&campus.u1, &campus.u2, &manager, &campus.moderator] {
            reveal(&person.client, "post", &post).refused(403, "forbidden");
        }
        reveal(&campus.g.client, "post", &post).refused(403, "forbidden");
        reveal(&campus.v, "post", &post).refused(401, "authentication_required");
        let admin = &campus.admin.client;
        let short = json!({ "target_type": "board", "target_id": post, "reason": "Curious" });
        admin.post("/admin/reveals", short).refused_field("reason", "min_length").refused_field("target_type", "invalid_choice");
        for kind in ["comment", "message", "review"] {
            reveal(admin, kind, &post).refused(404, "not_found");
        }
        assert_eq!(admin.get("/admin/audit-log?kind=identity_revealed").expect(200).at("/results"), json!([]));
        assert_eq!(admin.get("/moderation/log?action=identity_revealed").expect(200).at("/results"), json!([]));
    }
}
