//! S-31, S-61: what roles open, and how fast they close.

use crate::on_both;
use madang_harness::campus::set_role;
use madang_harness::{Campus, Kind};
use serde_json::json;

on_both! {
    fn s_31_a_role_taken_away_is_gone_on_the_next_request(kind) {
        let campus = Campus::open(kind);
        campus.moderator.client.get("/admin/boards").expect(200);
        set_role(&campus.admin, &campus.moderator, "student");
        campus.moderator.client.get("/admin/boards").refused(403, "forbidden");
        campus.moderator.client.get("/me").expect(200);
        assert_eq!(campus.moderator.client.get("/me").expect(200).at("/role"), "student");
    }
}

#[test]
fn s_32_an_admin_ends_all_sessions_of_a_user_and_a_moderator_does_not() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/admin/users/{}/end-sessions", campus.u1.id);
    let body = json!({ "reason": "A lost laptop." });
    let other = campus.u1.log_in();
    campus.moderator.client.post(&path, body.clone()).refused(403, "forbidden");
    campus.u1.client.get("/me").expect(200);
    campus.admin.client.post(&path, json!({})).refused_field("reason", "required");
    campus.admin.client.post(&path, body).expect(204);
    for device in [&campus.u1, &other] {
        device.client.get("/me").refused(401, "session_revoked");
        device.refresh().refused(401, "refresh_invalid");
    }
    campus.u2.client.get("/me").expect(200);
}

#[test]
fn s_61_users_are_listed_to_admins_alone_and_without_secrets() {
    let campus = Campus::open(Kind::Sqlite);
    campus.v.get("/admin/users").refused(401, "authentication_required");
    for person in [&campus.g, &campus.u1, &campus.moderator] {
        assert_eq!(person.client.get("/admin/users").expect(403).status, 403);
    }
    let page = campus.admin.client.get("/admin/users?page_size=100").expect(200);
    let users = page.at("/results");
    let users = users.as_array().unwrap();
    assert_eq!(users.len(), 6);
    let text = page.text();
    for person in [&campus.g, &campus.u1, &campus.moderator] {
        assert!(!text.contains(&person.email), "{} is not masked", person.email);
    }
    for user in users {
        assert!(user["email_masked"].as_str().unwrap().contains("***@"));
        for name in user.as_object().unwrap().keys() {
            assert!(
                !["password", "hash", "token", "secret"].iter().any(|word| name.contains(word)),
                "{name}"
            );
        }
    }
    campus.admin.client.get("/users").refused(404, "not_found");
}

#[test]
fn an_admins_changes_need_the_state_that_was_seen() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/admin/users/{}", campus.u1.id);
    let body = json!({ "role": "moderator" });
    campus.admin.client.patch(&path, body.clone()).refused(428, "precondition_required");
    let stale = campus.admin.client.call("PATCH", &path).if_match("\"stale\"").json(&body);
    stale.send().refused(412, "precondition_failed");
    campus.u1.client.patch(&path, body).refused(403, "forbidden");
}

#[test]
fn acc_22_the_last_admin_keeps_the_role() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/admin/users/{}", campus.admin.id);
    let etag = campus.admin.client.get(&path).expect(200).etag();
    let resign = campus.admin.client.call("PATCH", &path).if_match(&etag).json(&json!({ "role": "student" }));
    resign.send().refused(409, "last_admin");
}
