//! Boards under `/admin`.

use super::{listed, open};
use crate::on_both;
use madang_harness::{Campus, Person, Response};
use serde_json::{Value, json};

fn patch(person: &Person, path: &str, body: &Value) -> Response {
    let etag = person.client.get(path).expect(200).etag();
    person.client.call("PATCH", path).if_match(&etag).json(body).send()
}

on_both! {
    fn brd_4_moderators_keep_the_boards_of_their_school(kind) {
        let campus = Campus::open(kind);
        let moderator = &campus.moderator.client;
        let body = json!({
            "school_id": campus.a.id, "name": "Notices", "category": "career", "manager_id": campus.u1.id,
            "staff_write_only": true, "searchable": false,
        });
        let created = moderator.post("/admin/boards", body.clone()).expect(201);
        let path = format!("/admin/boards/{}", created.string("/id"));
        assert!(created.header("location").unwrap().ends_with(&path));
        assert_eq!(created.at("/manager/nickname"), "user1");
        assert_eq!((created.at("/staff_write_only"), created.at("/searchable")), (json!(true), json!(false)));
        assert_eq!((created.at("/deleted_at"), created.at("/post_count")), (Value::Null, Value::Null));

        let refused = |fields: Value| {
            let mut body = json!({ "school_id": campus.a.id, "name": "Other", "category": "basic" });
            body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            moderator.post("/admin/boards", body)
        };
        refused(json!({ "name": "notices" })).refused_field("name", "taken");
        refused(json!({ "manager_id": campus.u3.id })).refused_field("manager_id", "not_allowed");
        refused(json!({ "manager_id": campus.g.id })).refused_field("manager_id", "not_allowed");
        refused(json!({ "allow_anonymous": false, "anonymous_only": true })).refused_field("anonymous_only", "not_allowed");
        refused(json!({ "school_id": campus.b.id })).refused_field("school_id", "invalid_choice");
        refused(json!({ "category": "party" })).refused_field("category", "invalid_choice");
        campus.u1.client.post("/admin/boards", body).refused(403, "forbidden");

        patch(&campus.moderator, &path, &json!({ "school_id": campus.b.id })).refused_field("school_id", "read_only");
        let edited = patch(&campus.moderator, &path, &json!({ "name": "Official", "manager_id": null })).expect(200);
        assert_eq!((edited.at("/name"), edited.at("/manager")), (json!("Official"), Value::Null));
        moderator.patch(&path, json!({ "name": "X" })).refused(428, "precondition_required");
        let stale = moderator.call("PATCH", &path).if_match(&created.etag()).json(&json!({ "name": "X" })).send();
        stale.refused(412, "precondition_failed");
        let posted = campus.u2.client.post(&format!("/boards/{}/posts", created.string("/id")), json!({ "title": "A", "contents": "B" }));
        posted.refused(403, "forbidden");
    }
}

on_both! {
    fn brd_7_staff_delete_at_any_time_and_see_what_was_deleted(kind) {
        let campus = Campus::open(kind);
        let id = open(&campus.u1, "Chess").expect(201).string("/id");
        let path = format!("/admin/boards/{id}");
        let moderator = &campus.moderator.client;
        moderator.delete(&path).refused(428, "precondition_required");
        let etag = moderator.get(&path).expect(200).etag();
        moderator.call("DELETE", &path).if_match(&etag).send().expect(204);
        moderator.call("DELETE", &path).if_match("*").send().refused(404, "not_found");
        assert!(moderator.get(&path).expect(200).at("/deleted_at").is_string());
        assert_eq!(listed(&campus.u1, ""), ["Closed", "Open"]);
        let deleted = moderator.get("/admin/boards?is_deleted=true").expect(200);
        assert_eq!((deleted.at("/count"), deleted.at("/results/0/id")), (json!(1), json!(id)));
        assert_eq!(moderator.get("/admin/boards?is_deleted=false").expect(200).at("/count"), json!(2));
        assert_eq!(campus.u1.client.get("/me").expect(200).at("/managed_boards"), json!([]));
    }
}

on_both! {
    fn vis_7_moderators_do_not_reach_other_schools(kind) {
        let campus = Campus::open(kind);
        let body = json!({ "school_id": campus.b.id, "name": "Abroad", "category": "basic" });
        let path = format!("/admin/boards/{}", campus.admin.client.post("/admin/boards", body).expect(201).string("/id"));
        let moderator = &campus.moderator.client;
        moderator.get(&path).refused(404, "not_found");
        moderator.call("PATCH", &path).if_match("*").json(&json!({ "name": "X" })).send().refused(404, "not_found");
        moderator.call("DELETE", &path).if_match("*").send().refused(404, "not_found");
        assert_eq!(moderator.get("/admin/boards").expect(200).at("/count"), json!(2));
        assert_eq!(campus.admin.client.get("/admin/boards").expect(200).at("/count"), json!(3));
    }
}
