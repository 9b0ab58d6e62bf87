//! Boards, as guests, students, managers and staff meet them.

mod favourites;
mod staff;
mod transfer;

use crate::on_both;
use crate::visibility::mark;
use madang_harness::{Campus, Person, Response};
use serde_json::{Value, json};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn open(person: &Person, name: &str) -> Response {
    person.client.post("/boards", json!({ "name": name, "category": "group" }))
}

fn listed(person: &Person, query: &str) -> Vec<String> {
    let page = person.client.get(&format!("/boards{query}")).expect(200);
    page.at("/results")
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["name"].as_str().unwrap().to_owned())
        .collect()
}

on_both! {
    fn brd_3_a_student_opens_group_boards_and_manages_them(kind) {
        let campus = Campus::open(kind);
        let body = json!({
            "name": " Chess ", "description": "Openings", "category": "group", "allow_questions": false,
        });
        let created = campus.u1.client.post("/boards", body).expect(201);
        let id = created.string("/id");
        assert!(created.header("location").unwrap().ends_with(&format!("/boards/{id}")));
        let board = created.json();
        let expected = json!({
            "id": id,
            "name": "Chess",
            "category": "group",
            "is_favourite": false,
            "description": "Openings",
            "school": { "id": campus.a.id, "name": "School A" },
            "allow_anonymous": true,
            "anonymous_only": false,
            "allow_questions": false,
            "guest_readable": false,
            "staff_write_only": false,
            "is_promotion": false,
            "hot_eligible": true,
            "searchable": true,
            "title_required": false,
            "comments_editable": false,
            "likes_cancellable": false,
            "manager": { "id": campus.u1.id, "nickname": "user1", "image_url": null },
            "notice": null,
            "transfer": null,
            "post_count": 0,
            "created_at": board["created_at"],
            "updated_at": board["created_at"],
            "can": { "read": true, "post": true, "edit": true, "delete": false, "transfer": true },
            "cannot": { "delete": "board_active" },
        });
        assert_eq!(board, expected);
        let seen = campus.u2.client.get(&format!("/boards/{id}")).expect(200);
        assert_eq!(seen.at("/can"), json!({ "read": true, "post": true, "edit": false, "delete": false, "transfer": false }));
        assert_eq!(seen.at("/cannot/edit"), "forbidden");

        open(&campus.u2, "ＣHESS").refused_field("name", "taken");
        let body = json!({ "name": "Go", "category": "basic", "anonymous_only": true, "allow_anonymous": false });
        let refused = campus.u1.client.post("/boards", body);
        refused.clone().refused_field("category", "not_allowed");
        refused.refused_field("anonymous_only", "not_allowed");
        let staff_only =
            ["guest_readable", "staff_write_only", "is_promotion", "searchable", "comments_editable", "likes_cancellable"];
        for field in staff_only {
            let mut body = json!({ "name": "Go", "category": "group" });
            body[field] = json!(true);
            campus.u1.client.post("/boards", body).refused_field(field, "unknown_field");
        }
        let long = "가".repeat(41);
        open(&campus.u1, &long).refused_field("name", "max_length");
        open(&campus.u1, &long[..long.len() - 3]).expect(201);
        open(&campus.u1, "Third").expect(201);
        assert_eq!(open(&campus.u1, "Fourth").refused(409, "limit_reached").at("/limit"), json!(3));
        open(&campus.g, "Guests").refused(403, "email_unverified");
        assert_eq!(campus.u1.client.get("/me").expect(200).at("/managed_boards").as_array().unwrap().len(), 3);
    }
}

on_both! {
    fn vis_2_guests_see_all_boards_and_read_the_open_ones(kind) {
        let campus = Campus::open(kind);
        let page = campus.g.client.get("/boards").expect(200);
        let rows = page.at("/results");
        assert_eq!(rows[0]["name"], "Closed");
        assert_eq!(rows[0]["can"], json!({ "read": false, "post": false }));
        assert_eq!(rows[0]["cannot"], json!({ "read": "email_unverified", "post": "email_unverified" }));
        assert_eq!(rows[1]["can"], json!({ "read": true, "post": false }));
        let board = |id: &str| format!("/boards/{id}");
        campus.g.client.get(&board(&campus.open_board)).expect(200);
        campus.g.client.get(&board(&campus.closed_board)).refused(403, "email_unverified");
        campus.g.client.get(&format!("{}/posts", board(&campus.closed_board))).refused(403, "email_unverified");
        campus.v.get(&board(&campus.open_board)).refused(401, "authentication_required");
    }
}

on_both! {
    fn vis_7_boards_of_another_school_do_not_exist(kind) {
        let campus = Campus::open(kind);
        let path = format!("/boards/{}", campus.open_board);
        let stranger = &campus.u3.client;
        stranger.get(&path).refused(404, "not_found");
        stranger.patch(&path, json!({})).refused(404, "not_found");
        stranger.delete(&path).refused(404, "not_found");
        stranger.put(&format!("{path}/favourite")).refused(404, "not_found");
        stranger.delete(&format!("{path}/favourite")).refused(404, "not_found");
        stranger.get(&format!("{path}/posts")).refused(404, "not_found");
        assert_eq!(listed(&campus.u3, ""), [""; 0]);
        assert_eq!(listed(&campus.u3, &format!("?school={}", campus.a.id)), [""; 0]);
        assert_eq!(listed(&campus.admin, &format!("?school={}", campus.a.id)), ["Closed", "Open"]);
        campus.admin.client.get(&path).expect(200);
    }
}

on_both! {
    fn boards_are_filtered_and_ordered(kind) {
        let campus = Campus::open(kind);
        open(&campus.u1, "가람").expect(201);
        assert_eq!(listed(&campus.u1, ""), ["Closed", "Open", "가람"]);
        assert_eq!(listed(&campus.u1, "?ordering=-created_at"), ["가람", "Closed", "Open"]);
        assert_eq!(listed(&campus.u1, "?ordering=-name,created_at"), ["가람", "Open", "Closed"]);
        assert_eq!(listed(&campus.u1, "?category__in=group,career"), ["가람"]);
        assert_eq!(listed(&campus.u1, "?guest_readable=true"), ["Open"]);
        assert_eq!(listed(&campus.u1, "?name__icontains=LOS&category=basic"), ["Closed"]);
        campus.u1.client.get("/boards?category=party").refused_field("category", "invalid_choice");
        campus.u1.client.get("/boards?ordering=school").refused_field("ordering", "invalid_choice");
        campus.u1.client.get("/boards?name__regex=x").refused(400, "unknown_parameter");
        campus.u1.client.get("/boards?is_favourite=1").refused_field("is_favourite", "invalid");
    }
}

on_both! {
    fn brd_4_the_manager_edits_under_if_match(kind) {
        let campus = Campus::open(kind);
        let created = open(&campus.u1, "Chess").expect(201);
        let path = format!("/boards/{}", created.string("/id"));
        let edit = |person: &Person, etag: &str, body: &Value| {
            person.client.call("PATCH", &path).if_match(etag).json(body).send()
        };
        let body = json!({ "description": "Openings", "hot_eligible": false });
        edit(&campus.u2, "\"stale\"", &body).refused(403, "forbidden");
        edit(&campus.moderator, "\"stale\"", &body).refused(403, "forbidden");
        edit(&campus.u1, "\"stale\"", &body).refused(412, "precondition_failed");
        let edited = edit(&campus.u1, &created.etag(), &body).expect(200);
        assert_eq!((edited.at("/description"), edited.at("/hot_eligible")), (json!("Openings"), json!(false)));
        edit(&campus.u1, &created.etag(), &body).refused(412, "precondition_failed");
        assert_eq!(campus.u1.client.get(&path).expect(200).etag(), edited.etag());
        let refused = campus.u1.client.patch(&path, json!({ "name": "Go", "post_count": 7, "description": null }));
        let expected = [("description", "null"), ("name", "unknown_field"), ("post_count", "read_only")];
        assert_eq!(refused.problem().errors, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
    }
}

on_both! {
    fn brd_5_the_notice_disappears_with_its_post(kind) {
        let campus = Campus::open(kind);
        let board = open(&campus.u1, "Chess").expect(201).string("/id");
        let path = format!("/boards/{board}");
        let foreign = campus.post(&campus.u1, "Elsewhere");
        let body = json!({ "title": "Rules", "contents": "Be kind." });
        let own = campus.u2.client.post(&format!("{path}/posts"), body).expect(201).string("/id");
        let notice = |id: Value| campus.u1.client.patch(&path, json!({ "notice_post_id": id }));
        notice(json!(foreign)).refused_field("notice_post_id", "not_allowed");
        notice(json!("nonsense")).refused_field("notice_post_id", "invalid");
        let shown = notice(json!(own)).expect(200);
        assert_eq!((shown.at("/notice/id"), shown.at("/notice/title")), (json!(own), json!("Rules")));
        assert_eq!(shown.at("/post_count"), json!(1));
        campus.u2.client.delete(&format!("/posts/{own}")).expect(204);
        let after = campus.moderator.client.get(&path).expect(200);
        assert_eq!((after.at("/notice"), after.at("/post_count")), (Value::Null, json!(0)));
        notice(json!(own)).refused_field("notice_post_id", "not_allowed");
        campus.u2.client.post(&format!("/me/trash/{own}/restore"), json!({})).expect(200);
        let back = campus.u1.client.get(&path).expect(200);
        assert_eq!(back.at("/notice"), shown.at("/notice"), "it comes back with its post");
        mark(&campus, "posts", &own, "hidden_reason = 'spam'");
        assert_eq!(campus.u2.client.get(&path).expect(200).at("/notice"), Value::Null);
        notice(json!(own)).refused_field("notice_post_id", "not_allowed");
        mark(&campus, "posts", &own, "hidden_reason = NULL");
        assert_eq!(campus.u2.client.get(&path).expect(200).at("/notice/id"), json!(own));
        assert_eq!(notice(Value::Null).expect(200).at("/notice"), Value::Null);
    }
}

on_both! {
    fn brd_7_a_quiet_board_is_deleted_with_all_in_it(kind) {
        let campus = Campus::open(kind);
        let board = open(&campus.u1, "Chess").expect(201).string("/id");
        let path = format!("/boards/{board}");
        let body = json!({ "title": "Move", "contents": "e4" });
        let post = campus.u2.client.post(&format!("{path}/posts"), body).expect(201).string("/id");
        let refused = campus.u1.client.delete(&path).refused(409, "board_active");
        assert!(refused.at("/available_at").is_string());
        campus.u2.client.delete(&path).refused(403, "forbidden");

        campus.server.clock().advance(14 * DAY);
        let (u1, u2) = (campus.u1.log_in(), campus.u2.log_in());
        assert_eq!(u1.client.get(&path).expect(200).at("/can/delete"), json!(true));
        u1.client.delete(&path).expect(204);
        u1.client.delete(&path).refused(404, "not_found");
        u2.client.get(&path).refused(404, "not_found");
        u2.client.get(&format!("/posts/{post}")).refused(404, "not_found");
        assert_eq!(u2.client.get("/posts").expect(200).at("/results"), json!([]));
        assert_eq!(listed(&u2, ""), ["Closed", "Open"]);
        open(&u2, "Chess").expect(201);
    }
}
