//! Sanctions by hand: warnings, restrictions and bans.

use super::{anonymous_comment, anonymous_post, remove, report, seat, second_moderator};
use crate::on_both;
use madang_domain::ctx::Clock as _;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Client, Person, Response};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// An instant so many days from the server's present.
fn in_days(campus: &Campus, days: i64) -> String {
    let at = campus.server.clock().now() + chrono::TimeDelta::days(days);
    at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)
}

/// A sanction of the site against `id`, with `more` in place of or besides the usual.
fn body(kind: &str, id: &str, more: Value) -> Value {
    let mut body = json!({
        "target_type": kind, "target_id": id, "kind": "warning", "scope": "site", "rule": "abuse", "reason": "Not here."
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

pub(crate) fn sanction(staff: &Client, kind: &str, id: &str, more: Value) -> Response {
    staff.post("/moderation/sanctions", body(kind, id, more))
}

/// Restricts `person` on the whole site for so many days.
pub(crate) fn restrict(campus: &Campus, person: &Person, days: i64) -> Response {
    let more = json!({ "kind": "restriction", "ends_at": in_days(campus, days) });
    sanction(&campus.moderator.client, "user", &person.id, more)
}

pub(crate) fn ban(staff: &Client, person: &Person) -> Response {
    sanction(staff, "user", &person.id, json!({ "kind": "ban" }))
}

/// Writes something that nobody has written before.
fn write(person: &Person, board: &str) -> Response {
    static WRITTEN: AtomicU32 = AtomicU32::new(0);
    let contents = format!("Words of the time {}.", WRITTEN.fetch_add(1, Ordering::Relaxed));
    person.client.post(&format!("/boards/{board}/posts"), json!({ "contents": contents }))
}

on_both! {
    fn san_2_a_restriction_of_the_site_stops_writing_until_its_end(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u2, "To be talked about");
        let own = campus.post(&campus.u1, "Own");
        let given = restrict(&campus, &campus.u1, 3).expect(201);
        assert_eq!((given.string("/kind"), given.string("/scope"), given.at("/board")), ("restriction".into(), "site".into(), Value::Null));
        assert_eq!((given.at("/subject/id"), given.at("/issuer/id")), (json!(campus.u1.id), json!(campus.moderator.id)));
        assert_eq!((given.at("/can"), given.at("/cannot/appeal")), (json!({ "appeal": false, "lift": true }), json!("not_found")));

        let refused = write(&campus.u1, &campus.open_board).refused(403, "account_restricted");
        assert_eq!((refused.at("/sanction_id"), refused.at("/ends_at")), (given.at("/id"), given.at("/ends_at")));
        campus.u1.client.post(&format!("/posts/{post}/comments"), json!({ "contents": "Hm" })).refused(403, "account_restricted");
        campus.u1.client.call("POST", &format!("/posts/{post}/likes")).send().refused(403, "account_restricted");
        let me = campus.u1.client.get("/me").expect(200);
        assert_eq!((me.string("/state"), me.at("/restricted_until")), ("restricted".into(), given.at("/ends_at")));
        // Reading, and deleting what is one's own, stay open (ACC-17).
        campus.u1.client.get(&format!("/posts/{post}")).expect(200);
        campus.u1.client.delete(&format!("/posts/{own}")).expect(204);
        // Others see nothing of it (ACC-16).
        assert_eq!(campus.u2.client.get(&format!("/users/{}", campus.u1.id)).expect(200).at("/can/message"), json!(true));

        campus.server.clock().advance(3 * DAY);
        let person = campus.u1.log_in();
        write(&person, &campus.open_board).expect(201);
        assert_eq!(person.client.get("/me").expect(200).string("/state"), "active");
        assert_eq!(person.client.get("/me/sanctions?active=true").expect(200).at("/count"), json!(0));
    }

    fn san_2_a_restriction_of_a_board_stops_writing_there_alone(kind) {
        let campus = Campus::open(kind);
        let elsewhere = campus.u2.client.post("/boards", json!({ "name": "Elsewhere", "category": "group" })).expect(201).string("/id");
        let manager = campus.student("manager");
        seat(&campus, &manager);
        let post = campus.post(&campus.u2, "Here");
        let own = campus.post(&campus.u1, "Own");
        let comment = campus.comment(&campus.u2, &post, "Said");
        let more = json!({ "kind": "restriction", "scope": "board", "board_id": campus.open_board, "ends_at": in_days(&campus, 30) });
        let given = sanction(&manager.client, "post", &own, more).expect(201);
        assert_eq!((given.at("/board/id"), given.at("/evidence")), (json!(campus.open_board), json!("Own\n\nAbout Own.")));

        let u1 = &campus.u1.client;
        let refused = [
            write(&campus.u1, &campus.open_board),
            u1.post(&format!("/posts/{post}/comments"), json!({ "contents": "Hm" })),
            u1.call("POST", &format!("/posts/{post}/likes")).send(),
            u1.call("DELETE", &format!("/posts/{post}/likes")).send(),
            u1.call("POST", &format!("/comments/{comment}/likes")).send(),
            u1.patch(&format!("/posts/{own}"), json!({ "contents": "Other words." })),
            report(&campus.u1, "post", &post, "spam"),
        ];
        for refused in refused {
            assert_eq!(refused.refused(403, "account_restricted").at("/sanction_id"), given.at("/id"));
        }
        let seen = u1.get(&format!("/posts/{post}")).expect(200);
        for act in ["like", "comment", "report"] {
            assert_eq!(seen.at(&format!("/cannot/{act}")), json!("account_restricted"), "{act}");
        }
        assert_eq!(u1.get(&format!("/posts/{own}")).expect(200).at("/cannot/edit"), json!("account_restricted"));
        assert_eq!(u1.get(&format!("/boards/{}", campus.open_board)).expect(200).at("/cannot/post"), json!("account_restricted"));
        // Own things can be deleted, and wait in the trash until the restriction ends.
        u1.delete(&format!("/posts/{own}")).expect(204);
        assert_eq!(u1.get("/me/trash").expect(200).at("/results/0/cannot/restore"), json!("account_restricted"));
        u1.post(&format!("/me/trash/{own}/restore"), json!({})).refused(403, "account_restricted");
        // Everywhere else nothing has changed.
        write(&campus.u1, &elsewhere).expect(201);
        assert_eq!(u1.get("/me").expect(200).string("/state"), "active");
        assert_eq!(u1.get("/boards").expect(200).at("/count"), campus.u2.client.get("/boards").expect(200).at("/count"));

        campus.server.clock().advance(30 * DAY);
        let person = campus.u1.log_in();
        write(&person, &campus.open_board).expect(201);
    }

    fn auth_13_a_ban_ends_everything_at_once_and_lifting_it_lets_in_again(kind) {
        let campus = Campus::open(kind);
        let token = campus.u1.client.post("/auth/tokens", json!({ "name": "script", "password": PASSWORD })).expect(201);
        let by_token = campus.v.other_device().with_token(token.string("/token"));
        by_token.get("/me").expect(200);
        let given = ban(&campus.moderator.client, &campus.u1).expect(201);
        assert_eq!((given.at("/ends_at"), given.string("/kind")), (Value::Null, "ban".into()));
        campus.u1.client.get("/me").refused(401, "session_revoked");
        by_token.get("/me").expect(401);
        // The right password is told why, the wrong one nothing (AUTH-3).
        let log_in = |password: &str| campus.v.other_device().post("/auth/login", json!({ "username": campus.u1.username, "password": password }));
        log_in("not-the-Password9").refused(401, "invalid_credentials");
        let refused = log_in(PASSWORD).refused(403, "account_disabled");
        assert_eq!((refused.at("/sanction/id"), refused.at("/sanction/subject"), refused.at("/sanction/can/appeal")), (given.at("/id"), Value::Null, json!(true)));
        assert_eq!(refused.string("/appeal_token").len(), 43);
        // Nobody sees it elsewhere, but a named message finds no door.
        let seen = campus.u2.client.get(&format!("/users/{}", campus.u1.id)).expect(200);
        assert_eq!(seen.at("/cannot/message"), json!("recipient_unavailable"));
        let users = campus.admin.client.get("/admin/users?state=banned").expect(200);
        assert_eq!((users.at("/count"), users.at("/results/0/id")), (json!(1), json!(campus.u1.id)));
        let events = campus.admin.client.get("/admin/audit-log?kind=user_banned").expect(200);
        assert_eq!((events.at("/results/0/user_id"), events.at("/results").as_array().unwrap().len()), (json!(campus.u1.id), 1));

        let path = format!("/moderation/sanctions/{}", given.string("/id"));
        campus.moderator.client.delete(&path).expect(204);
        campus.moderator.client.delete(&path).refused(404, "not_found");
        let person = campus.u1.log_in();
        write(&person, &campus.open_board).expect(201);
        let mine = person.client.get("/me/sanctions").expect(200);
        assert!(mine.at("/results/0/lifted_at").is_string());
        let acts: Vec<Value> = ["ban_given", "sanction_lifted"].map(|act| campus.moderator.client.get(&format!("/moderation/log?action={act}")).expect(200).at("/results/0/target_id")).into();
        assert_eq!(acts, [json!(campus.u1.id), json!(campus.u1.id)]);
    }

    fn san_3_the_latest_end_holds_and_a_ban_hides_a_longer_restriction_only_for_its_time(kind) {
        let campus = Campus::open(kind);
        restrict(&campus, &campus.u1, 2).expect(201);
        let longer = restrict(&campus, &campus.u1, 9).expect(201);
        restrict(&campus, &campus.u1, 5).expect(201);
        let refused = write(&campus.u1, &campus.open_board);
        assert_eq!((refused.at("/sanction_id"), refused.at("/ends_at")), (longer.at("/id"), longer.at("/ends_at")));
        let more = json!({ "kind": "ban", "ends_at": in_days(&campus, 1) });
        sanction(&campus.moderator.client, "user", &campus.u1.id, more).expect(201);
        campus.u1.client.get("/me").refused(401, "session_revoked");
        campus.server.clock().advance(2 * DAY);
        let person = campus.u1.log_in();
        let refused = write(&person, &campus.open_board).refused(403, "account_restricted");
        assert_eq!(refused.at("/ends_at"), longer.at("/ends_at"));
        // Lifting it leaves what still runs.
        let staff = campus.moderator.log_in().client;
        staff.delete(&format!("/moderation/sanctions/{}", longer.string("/id"))).expect(204);
        let refused = write(&person, &campus.open_board).refused(403, "account_restricted");
        assert_ne!(refused.at("/ends_at"), longer.at("/ends_at"));
        campus.server.clock().advance(4 * DAY);
        write(&campus.u1.log_in(), &campus.open_board).expect(201);
    }
}

on_both! {
    fn san_2_who_may_give_what(kind) {
        let campus = Campus::open(kind);
        let manager = campus.student("manager");
        seat(&campus, &manager);
        let other = campus.u1.client.post("/boards", json!({ "name": "Other", "category": "group" })).expect(201).string("/id");
        let warn = |staff: &Client, person: &Person| sanction(staff, "user", &person.id, json!({}));
        campus.v.post("/moderation/sanctions", json!({})).refused(401, "authentication_required");
        warn(&campus.u2.client, &campus.u1).refused(403, "forbidden");
        warn(&campus.g.client, &campus.u1).refused(403, "email_unverified");

        let here = |more: Value| {
            let mut all = json!({ "scope": "board", "board_id": campus.open_board });
            all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            sanction(&manager.client, "user", &campus.u2.id, all)
        };
        here(json!({})).expect(201);
        here(json!({ "kind": "restriction", "ends_at": in_days(&campus, 30) })).expect(201);
        here(json!({ "kind": "restriction", "ends_at": in_days(&campus, 31) })).refused_field("ends_at", "max_value");
        here(json!({ "kind": "ban" })).refused_field("kind", "not_allowed");
        here(json!({ "scope": "site", "board_id": null })).refused_field("scope", "not_allowed");
        here(json!({ "board_id": other })).refused_field("board_id", "not_allowed");

        // Nobody themselves, moderators no other staff, by user or by named item.
        let staff = &campus.moderator.client;
        let conflict = "conflict_of_interest";
        warn(staff, &campus.moderator).refused(403, conflict);
        let warden = second_moderator(&campus);
        warn(staff, &warden).refused(403, conflict);
        let named = campus.post(&warden, "By name");
        sanction(staff, "post", &named, json!({})).refused(403, conflict);
        assert_eq!(staff.get(&format!("/moderation/items/post/{named}")).expect(200).at("/cannot/sanction"), json!(conflict));
        let unnamed = anonymous_post(&campus, &warden, "Without");
        sanction(staff, "post", &unnamed, json!({})).expect(201);
        let own = anonymous_post(&campus, &campus.moderator, "Own");
        sanction(staff, "post", &own, json!({})).refused(403, conflict);
        // Through an anonymous item only an admin bans.
        let item = anonymous_post(&campus, &campus.u1, "Hidden");
        sanction(staff, "post", &item, json!({ "kind": "ban" })).refused_field("kind", "not_allowed");
        sanction(&campus.admin.client, "post", &item, json!({ "kind": "ban" })).expect(201);
        campus.u1.client.get("/me").refused(401, "session_revoked");
        warn(&campus.admin.client, &campus.moderator).expect(201);

        // Staff of another school reach nobody here.
        madang_harness::campus::set_role(&campus.admin, &campus.u3, "moderator");
        warn(&campus.u3.client, &campus.u2).refused(404, "not_found");
        sanction(&campus.u3.client, "post", &named, json!({})).refused(404, "not_found");
        campus.u3.client.get("/moderation/sanctions").expect(200);
        assert_eq!(campus.u3.client.get("/moderation/sanctions").expect(200).at("/count"), json!(0));
    }

    fn x_1_bad_sanctions_are_named_and_impose_nothing(kind) {
        let campus = Campus::open(kind);
        let staff = &campus.moderator.client;
        let id = campus.u1.id.as_str();
        let all = json!({ "target_type": "board", "target_id": "x", "kind": "fine", "scope": "world", "board_id": 1, "rule": "taste", "reason": "", "ends_at": "soon" });
        let mut refused = staff.post("/moderation/sanctions", all);
        for (field, code) in [("target_type", "invalid_choice"), ("target_id", "invalid"), ("kind", "invalid_choice"), ("scope", "invalid_choice"), ("board_id", "invalid"), ("rule", "invalid_choice"), ("reason", "blank"), ("ends_at", "invalid")] {
            refused = refused.refused_field(field, code);
        }
        let cases = [
            (json!({ "scope": "board" }), "board_id", "required"),
            (json!({ "board_id": campus.open_board }), "board_id", "not_allowed"),
            (json!({ "scope": "board", "board_id": "01890000-0000-7000-8000-000000000000" }), "board_id", "not_found"),
            (json!({ "kind": "ban", "scope": "board", "board_id": campus.open_board }), "scope", "not_allowed"),
            (json!({ "kind": "restriction" }), "ends_at", "required"),
            (json!({ "kind": "restriction", "ends_at": in_days(&campus, 0) }), "ends_at", "min_value"),
            (json!({ "ends_at": in_days(&campus, 1) }), "ends_at", "not_allowed"),
            (json!({ "reason": "x".repeat(1001) }), "reason", "max_length"),
        ];
        for (more, field, code) in cases {
            sanction(staff, "user", id, more).refused_field(field, code);
        }
        for kind in ["message", "review", "exam_info", "user", "post", "comment"] {
            sanction(staff, kind, "01890000-0000-7000-8000-000000000000", json!({})).refused(404, "not_found");
        }
        assert_eq!(campus.u1.client.get("/me/sanctions").expect(200).at("/count"), json!(0));
        write(&campus.u1, &campus.open_board).expect(201);
    }

    fn san_5_staff_read_the_label_and_subjects_not_who_gave_it(kind) {
        let campus = Campus::open(kind);
        let manager = campus.student("manager");
        seat(&campus, &manager);
        let post = anonymous_post(&campus, &campus.u1, "Words");
        let comment = anonymous_comment(&campus.u2, &post, "More words");
        remove(&campus.moderator.client, "comment", &comment).expect(201);
        campus.server.clock().advance(Duration::from_secs(1));
        restrict(&campus, &campus.u2, 3).expect(201);
        let list = |client: &Client, query: &str| client.get(&format!("/moderation/sanctions{query}")).expect(200);
        let all = list(&campus.moderator.client, "");
        assert_eq!((all.at("/count"), all.at("/results/0/subject/id")), (json!(2), json!(campus.u2.id)));
        let label = all.at("/results/1/subject");
        assert_eq!((&label["kind"], &label["label"], &label["id"]), (&json!("anonymous"), &json!("Anonymous 1"), &Value::Null));
        assert_eq!(all.at("/results/1/evidence"), json!("More words"));
        // A manager reads what holds in the own boards, a member nothing.
        let theirs = list(&manager.client, "");
        assert_eq!((theirs.at("/count"), theirs.at("/results/0/id"), theirs.at("/results/0/cannot/lift")), (json!(1), all.at("/results/1/id"), json!("forbidden")));
        campus.u1.client.get("/moderation/sanctions").refused(403, "forbidden");
        for (query, count) in [("?kind=warning", 1), ("?kind=ban", 0), ("?scope=site", 1), ("?scope=board", 1), ("?scope__in=site,board", 2), ("?active=false", 0), ("?active=true&kind=restriction", 1), ("?starts_at__lt=2020-01-01T00:00:00Z", 0)] {
            assert_eq!(list(&campus.moderator.client, query).at("/count"), json!(count), "{query}");
        }
        // Staff who are sanctioned read their own as anybody does.
        sanction(&campus.admin.client, "user", &campus.moderator.id, json!({})).expect(201);
        let own = list(&campus.moderator.client, "?kind=warning&scope=site");
        assert_eq!((own.at("/results/0/issuer"), own.at("/results/0/subject"), own.at("/results/0/cannot/lift")), (Value::Null, Value::Null, json!("conflict_of_interest")));
        campus.moderator.client.delete(&format!("/moderation/sanctions/{}", own.string("/results/0/id"))).refused(403, "conflict_of_interest");
        // Only who gave it and moderators lift it.
        let more = json!({ "scope": "board", "board_id": campus.open_board });
        let given = sanction(&manager.client, "user", &campus.u1.id, more).expect(201).string("/id");
        let path = format!("/moderation/sanctions/{given}");
        campus.u1.client.delete(&path).refused(403, "forbidden");
        manager.client.delete(&format!("/moderation/sanctions/{}", all.string("/results/1/id"))).refused(403, "forbidden");
        manager.client.delete(&path).expect(204);
    }

    fn not_1_whoever_is_sanctioned_is_told(kind) {
        let campus = Campus::open(kind);
        let post = anonymous_post(&campus, &campus.u1, "Words");
        let more = json!({ "kind": "restriction", "ends_at": in_days(&campus, 1) });
        sanction(&campus.moderator.client, "post", &post, more).expect(201);
        let told = campus.u1.client.get("/notifications").expect(200);
        assert_eq!((told.at("/results/0/kind"), told.at("/results/0/target/type"), told.at("/results/0/actor")), (json!("sanction"), json!("sanction"), Value::Null));
        write(&campus.u1, &campus.open_board).refused(403, "account_restricted");
        assert_eq!(campus.u2.client.get("/notifications").expect(200).at("/results"), json!([]));
        // Whoever leaves under it comes back under it.
        campus.u1.client.post("/me/withdrawal", json!({ "password": PASSWORD })).expect(204);
        campus.admin.client.post(&format!("/admin/users/{}/restore", campus.u1.id), json!({ "reason": "By mistake." })).expect(200);
        write(&campus.u1.log_in(), &campus.open_board).refused(403, "account_restricted");
    }
}
