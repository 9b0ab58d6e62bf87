//! What admins see and change of the site itself.

use crate::moderation::{report, sanction};
use crate::on_both;
use madang_domain::ctx::Clock;
use madang_harness::{Campus, Config, Kind, Person, Response};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn change(person: &Person, changes: &Value) -> Response {
    let etag = person.client.get("/admin/settings").expect(200).etag();
    person.client.call("PATCH", "/admin/settings").if_match(&etag).json(changes).send()
}

fn value(person: &Person, key: &str) -> Value {
    person.client.get("/admin/settings").expect(200).json()[key]["value"].clone()
}

on_both! {
    fn x_8_a_setting_applies_to_later_requests_and_is_logged(kind) {
        let campus = Campus::open(kind);
        let document = campus.admin.client.get("/admin/settings").expect(200);
        let setting = &document.json()["posts.title_max"];
        assert_eq!((&setting["value"], &setting["default"]), (&json!(200), &json!(200)));
        assert_eq!((&setting["min"], &setting["max"]), (&json!(1), &json!(1000)));
        assert!(setting["description"].as_str().unwrap().ends_with('.'));
        assert_eq!(document.json()["http.bind"], Value::Null, "nothing that the server is run by");

        let long = json!({ "title": "A".repeat(11), "contents": "Words." });
        let board = format!("/boards/{}/posts", campus.open_board);
        let before = campus.u1.client.post(&board, long.clone()).expect(201);
        let changed = change(&campus.admin, &json!({ "posts.title_max": 10, "moderation.refused_words": ["gibberish"] }));
        assert_eq!(changed.clone().expect(200).json()["posts.title_max"]["value"], json!(10));
        assert_eq!(campus.admin.client.get("/admin/settings").expect(200).etag(), changed.etag());
        campus.u1.client.post(&board, long.clone()).refused_field("title", "max_length");
        campus.u1.client.post(&board, json!({ "title": "A", "contents": "Gibberish!" })).refused_field("contents", "filtered");
        let kept = campus.u1.client.get(&format!("/posts/{}", before.string("/id"))).expect(200);
        assert_eq!(kept.string("/title").len(), 11, "nothing that was is judged anew");

        change(&campus.admin, &json!({ "posts.title_max": null })).expect(200);
        let other = json!({ "title": "B".repeat(11), "contents": "Other words." });
        campus.u1.client.post(&board, other).expect(201);
        let log = campus.admin.client.get("/admin/audit-log?kind=setting_changed").expect(200);
        let notes: Vec<_> = log.at("/results").as_array().unwrap().iter().map(|row| row["detail"]["note"].clone()).collect();
        assert_eq!(notes.len(), 3);
        assert!(notes.contains(&json!("posts.title_max: 200 -> 10")) && notes.contains(&json!("posts.title_max: 10 -> 200")));
        assert_eq!(log.at("/results/0/detail/actor_id"), json!(campus.admin.id));
    }
}

on_both! {
    fn x_8_what_is_out_of_bounds_changes_nothing(kind) {
        let campus = Campus::open(kind);
        let refused = change(&campus.admin, &json!({
            "posts.title_max": 0, "posts.contents_max": 1_000_000, "posts.hot_likes": "many",
            "posts.refuse_duplicate": 1, "http.bind": "0.0.0.0:1", "surprise": 1, "posts.best_likes": 50,
        }));
        let expected = [
            ("http.bind", "invalid"), ("posts.hot_likes", "invalid"),
        ];
        assert_eq!(refused.problem().errors, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
        let refused = change(&campus.admin, &json!({
            "posts.title_max": 0, "posts.contents_max": 1_000_000, "posts.refuse_duplicate": 1, "surprise": 1,
            "posts.best_likes": 50, "http.workers": 9,
        }));
        let expected = [
            ("http.workers", "unknown_field"), ("posts.contents_max", "max_value"),
            ("posts.refuse_duplicate", "invalid"), ("posts.title_max", "min_value"), ("surprise", "unknown_field"),
        ];
        assert_eq!(refused.problem().errors, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
        change(&campus.admin, &json!({ "accounts.username_min": 20, "accounts.username_max": 5 }))
            .refused_field("accounts.username_min", "invalid");
        assert_eq!(value(&campus.admin, "posts.best_likes"), json!(100));
        campus.admin.client.patch("/admin/settings", json!({})).refused(428, "precondition_required");
        let stale = campus.admin.client.call("PATCH", "/admin/settings").if_match("\"old\"");
        stale.json(&json!({ "posts.best_likes": 50 })).send().refused(412, "precondition_failed");
        assert_eq!(value(&campus.admin, "posts.best_likes"), json!(100));
        let log = campus.admin.client.get("/admin/audit-log?kind=setting_changed").expect(200);
        assert_eq!(log.at("/results"), json!([]));
    }
}

on_both! {
    fn x_8_changes_outlive_a_restart_and_limits_apply(kind) {
        let campus = Campus::with(kind, Config::default());
        change(&campus.admin, &json!({ "limits.write_per_minute": 2 })).expect(200);
        let Campus { server, u1, admin, .. } = campus;
        let server = server.restart();
        let there = u1.client.at(server.address());
        for left in ["1", "0"] {
            let answer = there.patch("/me", json!({})).expect(200);
            assert!(answer.header("ratelimit").unwrap().contains(&format!("r={left}")));
        }
        there.patch("/me", json!({})).refused(429, "rate_limited");
        let admin = Person { client: admin.client.at(server.address()), ..admin };
        change(&admin, &json!({ "limits.write_per_minute": null })).expect(200);
        there.patch("/me", json!({})).expect(200);
    }
}

#[test]
fn x_8_the_other_node_follows_within_a_second() {
    if !Kind::Postgres.is_here() {
        return;
    }
    let campus = Campus::open(Kind::Postgres);
    let other = campus.server.node();
    change(&campus.admin, &json!({ "posts.title_max": 5 })).expect(200);
    let there = campus.u1.client.at(other.address());
    let begun = Instant::now();
    let refused = || {
        let body = json!({ "title": "Longer than five", "contents": format!("{:?}", begun.elapsed()) });
        there.post(&format!("/boards/{}/posts", campus.open_board), body).status == 400
    };
    while !refused() {
        assert!(begun.elapsed() < Duration::from_secs(5), "in time");
        std::thread::sleep(Duration::from_millis(50));
    }
    let at_other = Person { client: campus.admin.client.at(other.address()), ..campus.admin.clone() };
    assert_eq!(value(&at_other, "posts.title_max"), json!(5));
}

on_both! {
    fn log_3_security_events_are_one_row_each_without_secrets(kind) {
        let campus = Campus::open(kind);
        madang_harness::campus::set_role(&campus.admin, &campus.u1, "moderator");
        campus.admin.client.post(&format!("/admin/users/{}/end-sessions", campus.u2.id), json!({ "reason": "Lost phone" })).expect(204);
        let all = campus.admin.client.get("/admin/audit-log").expect(200);
        assert_eq!((all.at("/results/0/kind"), all.at("/results/0/user_id")), (json!("sessions_ended"), json!(campus.u2.id)));
        assert_eq!(all.at("/results/0/detail/reason"), "Lost phone");
        let about = campus.admin.client.get(&format!("/admin/audit-log?user_id={}", campus.u1.id)).expect(200);
        assert_eq!((about.at("/results/0/kind"), about.at("/results/1")), (json!("role_changed"), Value::Null));
        let page = campus.admin.client.get("/admin/audit-log?limit=1").expect(200);
        let next = campus.admin.client.get(page.at("/next").as_str().unwrap()).expect(200);
        assert_ne!(next.at("/results/0/id"), page.at("/results/0/id"));
        campus.admin.client.get("/admin/audit-log?kind=unknown").refused_field("kind", "invalid_choice");
        campus.moderator.client.get("/admin/audit-log").refused(403, "forbidden");
    }
}

on_both! {
    fn log_2_members_see_acts_and_staff_see_who_and_why(kind) {
        let campus = Campus::open(kind);
        let body = json!({ "name": "Chess", "category": "group" });
        let board = campus.u1.client.post("/boards", body).expect(201).string("/id");
        let path = format!("/admin/boards/{board}");
        let etag = campus.moderator.client.get(&path).expect(200).etag();
        let edit = campus.moderator.client.call("PATCH", &path).if_match(&etag).json(&json!({ "title_required": true }));
        edit.send().expect(200);
        let newest = |person: &Person| person.client.get(&format!("/moderation/log?board={board}")).expect(200).at("/results/0");
        let seen = newest(&campus.u2);
        assert_eq!((&seen["action"], &seen["board"]["id"]), (&json!("board_edited"), &json!(board)));
        for hidden in ["actor", "target_type", "target_id", "reason"] {
            assert_eq!(seen[hidden], Value::Null, "{hidden}");
        }
        for reader in [&campus.moderator, &campus.admin, &campus.u1] {
            let seen = newest(reader);
            assert_eq!((&seen["actor"]["id"], &seen["target_id"]), (&json!(campus.moderator.id), &json!(board)));
        }
        assert_eq!(campus.u3.client.get(&format!("/moderation/log?board={board}")).expect(200).at("/results"), json!([]));
        let acts = campus.u2.client.get("/moderation/log?action=board_edited").expect(200);
        assert_eq!(acts.at("/results").as_array().unwrap().len(), 1);
        campus.g.client.get("/moderation/log").refused(403, "email_unverified");
    }
}

on_both! {
    fn stats_count_days_and_hide_small_cells_from_moderators(kind) {
        let campus = Campus::open(kind);
        for n in 0..6 {
            campus.post(&campus.u1, &format!("Post {n}"));
        }
        let post = campus.post(&campus.u2, "Gone");
        campus.u2.client.delete(&format!("/posts/{post}")).expect(204);
        let theirs = campus.post(&campus.u2, "Commented");
        campus.comment(&campus.u1, &theirs, "One");
        for text in ["Hello", "Again"] {
            let context = json!({ "context_type": "post", "context_id": theirs, "contents": text });
            campus.u1.client.post("/message-threads", context);
        }
        report(&campus.u1, "post", &theirs, "spam").expect(201);
        sanction(&campus.moderator.client, "user", &campus.u2.id, json!({})).expect(201);
        let own = campus.u2.client.get("/me/sanctions").expect(200).string("/results/0/id");
        campus.u2.client.post(&format!("/me/sanctions/{own}/appeal"), json!({ "contents": "Why?" })).expect(201);
        let path = format!("/admin/stats?school={}&from=2020-01-01&to=2020-01-02", campus.a.id);
        let old = campus.admin.client.get(&path).expect(200);
        assert_eq!(old.at("/days/1"), json!({
            "date": "2020-01-02", "sign_ups": 0, "active_users": 0, "posts": 0, "comments": 0, "messages": 0,
            "reports": 0, "sanctions": 0, "appeals": 0,
        }));
        assert_eq!(campus.moderator.client.get(&path).expect(200).at("/days/1/posts"), Value::Null);

        // The day by the clock of the school.
        let now = campus.server.clock().now() + chrono::TimeDelta::hours(9);
        let (from, to) = ((now - chrono::TimeDelta::days(1)).date_naive(), (now + chrono::TimeDelta::days(1)).date_naive());
        let sum = |person: &Person, field: &str| -> i64 {
            let query = format!("/admin/stats?school={}&from={from}&to={to}", campus.a.id);
            let days = person.client.get(&query).expect(200).at("/days");
            days.as_array().unwrap().iter().filter_map(|day| day[field].as_i64()).sum()
        };
        assert_eq!((sum(&campus.admin, "posts"), sum(&campus.admin, "comments")), (7, 1));
        assert_eq!((sum(&campus.moderator, "posts"), sum(&campus.moderator, "comments")), (7, 0));
        assert_eq!(sum(&campus.admin, "sign_ups"), 4);
        let others = ["messages", "reports", "sanctions", "appeals"].map(|field| sum(&campus.admin, field));
        assert_eq!(others, [2, 1, 1, 1]);

        let refused = |query: &str| campus.moderator.client.get(&format!("/admin/stats?{query}"));
        refused("from=2020-01-01").refused_field("to", "required");
        refused("from=2020-01-02&to=2020-01-01").refused_field("to", "min_value");
        refused("from=2020-01-01&to=2021-01-01").refused_field("to", "max_value");
        refused("from=2020-01-01&to=2020-12-31").expect(200);
        refused("from=2020-01-01&to=2020-02-30").refused_field("to", "invalid");
        refused("from=2020-01-01&to=2020-01-02&page=1").refused(400, "unknown_parameter");
        refused(&format!("from=2020-01-01&to=2020-01-02&school={}", campus.b.id)).refused(404, "not_found");
        campus.admin.client.get("/admin/stats?from=2020-01-01&to=2020-01-01").expect(200);
    }
}
