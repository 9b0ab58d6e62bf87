//! Appeals against sanctions.

use super::sanctions::{ban, restrict, sanction};
use super::{anonymous_comment, anonymous_post, put_back, remove, second_moderator};
use crate::on_both;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Client, Config, Person, Response};
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::{Duration, Instant};

const DAY: Duration = Duration::from_secs(86_400);

fn appeal(person: &Person, sanction: &str) -> Response {
    person.client.post(&format!("/me/sanctions/{sanction}/appeal"), json!({ "contents": "It was a quote." }))
}

/// Decides an appeal as staff.
fn decide(staff: &Client, appeal: &str, outcome: &str) -> Response {
    staff.post(
        &format!("/moderation/appeals/{appeal}/decision"),
        json!({ "outcome": outcome, "note": "Read again." }),
    )
}

/// The person's latest sanction.
fn latest(person: &Person) -> Value {
    person.client.get("/me/sanctions").expect(200).at("/results/0")
}

/// What a refused login tells.
fn refused_log_in(campus: &Campus, person: &Person) -> Response {
    let body = json!({ "username": person.username, "password": PASSWORD });
    campus.v.other_device().post("/auth/login", body).refused(403, "account_disabled")
}

on_both! {
    fn san_4_overturning_restores_the_removed_item_with_all_counts(kind) {
        let campus = Campus::open(kind);
        let post = anonymous_post(&campus, &campus.u1, "A quote");
        let comment = anonymous_comment(&campus.u2, &post, "So what");
        let before = campus.u2.client.get(&format!("/posts/{post}")).expect(200).json();
        let board_posts = || campus.u2.client.get(&format!("/boards/{}", campus.open_board)).expect(200).at("/post_count");
        remove(&campus.moderator.client, "post", &post).expect(201);
        assert_eq!(board_posts(), json!(0));
        let warning = latest(&campus.u1);
        assert_eq!((&warning["can"]["appeal"], &warning["appeal"]), (&json!(true), &Value::Null));
        let id = warning["id"].as_str().unwrap();
        let filed = appeal(&campus.u1, id).expect(201);
        assert_eq!((filed.string("/status"), filed.string("/contents"), filed.at("/sanction_id")), ("open".into(), "It was a quote.".into(), json!(id)));
        assert_eq!((filed.at("/note"), filed.at("/decided_at")), (Value::Null, Value::Null));
        appeal(&campus.u1, id).refused(409, "already_appealed");
        assert_eq!(latest(&campus.u1)["cannot"]["appeal"], "already_appealed");

        // Who gave it does not decide, unless an admin.
        let appeal_id = filed.string("/id");
        decide(&campus.moderator.client, &appeal_id, "overturned").refused(403, "conflict_of_interest");
        let other = second_moderator(&campus);
        let decided = decide(&other.client, &appeal_id, "overturned").expect(200);
        assert_eq!((decided.string("/status"), decided.string("/note")), ("overturned".into(), "Read again.".into()));
        decide(&other.client, &appeal_id, "upheld").refused(409, "already_decided");

        assert_eq!(board_posts(), json!(1));
        let after = campus.u2.client.get(&format!("/posts/{post}")).expect(200).json();
        for field in ["title", "contents", "author", "like_count", "comment_count", "scrap_count", "updated_at"] {
            assert_eq!(after[field], before[field], "{field}");
        }
        campus.u1.client.get(&format!("/comments/{comment}")).expect(200);
        assert_eq!(campus.u2.client.get("/posts?search=quote").expect(200).at("/results/0/id"), json!(post));
        let own = latest(&campus.u1);
        assert!(own["lifted_at"].is_string() && own["appeal"]["status"] == "overturned", "{own}");
        let told = campus.u1.client.get("/notifications?kind=appeal_result").expect(200);
        assert_eq!((told.at("/results/0/target/type"), told.at("/results/0/target/id")), (json!("appeal"), json!(appeal_id)));
        let log = other.client.get("/moderation/log?limit=2").expect(200);
        let mut acts = [0, 1].map(|n| log.string(&format!("/results/{n}/action")));
        acts.sort();
        assert_eq!(acts, ["appeal_overturned", "post_restored"]);
        // What was given back was not lost twice.
        put_back(&campus.moderator.client, "post", &post).refused(409, "not_restorable");
    }

    fn san_4_upholding_changes_nothing_but_the_appeal(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Improper");
        remove(&campus.moderator.client, "post", &post).expect(201);
        let id = latest(&campus.u1)["id"].as_str().unwrap().to_owned();
        let filed = appeal(&campus.u1, &id).expect(201).string("/id");
        decide(&campus.admin.client, &filed, "upheld").expect(200);
        campus.u1.client.get(&format!("/posts/{post}")).refused(404, "not_found");
        let own = latest(&campus.u1);
        assert_eq!((&own["lifted_at"], &own["appeal"]["status"], &own["appeal"]["note"]), (&Value::Null, &json!("upheld"), &json!("Read again.")));
        appeal(&campus.u1, &id).refused(409, "already_appealed");
    }

    fn san_4_a_removal_that_came_otherwise_stays(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Doubly wrong");
        sanction(&campus.moderator.client, "post", &post, json!({})).expect(201);
        let by_hand = latest(&campus.u1)["id"].as_str().unwrap().to_owned();
        campus.server.clock().advance(Duration::from_secs(1));
        remove(&campus.moderator.client, "post", &post).expect(201);
        let filed = appeal(&campus.u1, &by_hand).expect(201).string("/id");
        decide(&campus.admin.client, &filed, "overturned").expect(200);
        campus.u2.client.get(&format!("/posts/{post}")).refused(404, "not_found");
        let mine = campus.u1.client.get("/me/sanctions?active=true").expect(200);
        assert_eq!(mine.at("/count"), json!(1), "the warning of the removal stands");
    }

    fn san_4_an_appeal_comes_in_time_and_before_lifting(kind) {
        let campus = Campus::open(kind);
        restrict(&campus, &campus.u1, 20).expect(201);
        let own = latest(&campus.u1);
        let id = own["id"].as_str().unwrap();
        appeal(&campus.u2, id).refused(404, "not_found");
        for (contents, code) in [("", "blank"), ("  ", "blank")] {
            campus.u1.client.post(&format!("/me/sanctions/{id}/appeal"), json!({ "contents": contents })).refused_field("contents", code);
        }
        let long = json!({ "contents": "x".repeat(2001) });
        campus.u1.client.post(&format!("/me/sanctions/{id}/appeal"), long).refused_field("contents", "max_length");
        restrict(&campus, &campus.u2, 20).expect(201);
        let lifted = latest(&campus.u2)["id"].as_str().unwrap().to_owned();
        campus.moderator.client.delete(&format!("/moderation/sanctions/{lifted}")).expect(204);
        appeal(&campus.u2, &lifted).refused(409, "appeal_closed");
        campus.server.clock().advance(7 * DAY + Duration::from_secs(60));
        let late = campus.u1.log_in();
        appeal(&late, id).refused(409, "appeal_closed");
        assert_eq!(latest(&late)["cannot"]["appeal"], "appeal_closed");
    }

    fn auth_3_a_banned_member_appeals_by_the_token_of_the_refused_login(kind) {
        let campus = Campus::open(kind);
        let given = ban(&campus.moderator.client, &campus.u1).expect(201).string("/id");
        let file = |token: &str| campus.v.other_device().post("/appeals", json!({ "appeal_token": token, "contents": "I was not there." }));
        let old = refused_log_in(&campus, &campus.u1).string("/appeal_token");
        let refused = refused_log_in(&campus, &campus.u1);
        let token = refused.string("/appeal_token");
        for dead in [old.as_str(), "", "x", &token[1..]] {
            file(dead).refused(400, "link_invalid");
        }
        // It serves nothing else.
        campus.v.other_device().post("/auth/email/verify", json!({ "token": token })).refused(400, "link_invalid");
        campus.v.other_device().post("/auth/password/reset", json!({ "token": token, "new_password": "entirely-New-words9" })).refused(400, "link_invalid");
        campus.v.other_device().with_token(&token).get("/me").expect(401);

        let filed = file(&token).expect(201);
        assert_eq!((filed.at("/sanction_id"), filed.string("/status")), (json!(given), "open".into()));
        file(&token).refused(400, "link_invalid");
        let again = refused_log_in(&campus, &campus.u1);
        assert_eq!((again.at("/sanction/can/appeal"), again.at("/sanction/appeal/status")), (json!(false), json!("open")));
        file(&again.string("/appeal_token")).refused(409, "already_appealed");
        decide(&campus.admin.client, &filed.string("/id"), "overturned").expect(200);
        campus.u1.log_in().client.get("/me").expect(200);
        file(&again.string("/appeal_token")).refused(400, "link_invalid");
    }

    fn san_4_who_reads_and_decides_appeals(kind) {
        let campus = Campus::open(kind);
        for person in [&campus.u1, &campus.u2] {
            restrict(&campus, person, 5).expect(201);
            appeal(person, latest(person)["id"].as_str().unwrap()).expect(201);
            campus.server.clock().advance(Duration::from_secs(1));
        }
        let list = |client: &Client, query: &str| client.get(&format!("/moderation/appeals{query}"));
        let page = list(&campus.moderator.client, "").expect(200);
        assert_eq!(page.at("/count"), json!(2));
        assert!(page.string("/results/0/created_at") < page.string("/results/1/created_at"));
        let first = page.string("/results/0/id");
        for closed in [&campus.u1.client, &campus.g.client] {
            list(closed, "").expect(403);
            decide(closed, &first, "upheld").expect(403);
        }
        list(&campus.v, "").refused(401, "authentication_required");
        madang_harness::campus::set_role(&campus.admin, &campus.u3, "moderator");
        assert_eq!(list(&campus.u3.client, "").expect(200).at("/count"), json!(0));
        decide(&campus.u3.client, &first, "upheld").refused(404, "not_found");
        decide(&campus.admin.client, &first, "upheld").expect(200);
        for (query, count) in [("?status=open", 1), ("?status=upheld", 1), ("?status=overturned", 0), ("?status__in=open,upheld", 2)] {
            assert_eq!(list(&campus.moderator.client, query).expect(200).at("/count"), json!(count), "{query}");
        }
        let bad = campus.admin.client.post(&format!("/moderation/appeals/{first}/decision"), json!({ "outcome": "maybe", "note": "" }));
        bad.refused_field("outcome", "invalid_choice").refused_field("note", "blank");
        // Nobody decides on what is against themselves.
        sanction(&campus.admin.client, "user", &campus.moderator.id, json!({})).expect(201);
        let own = appeal(&campus.moderator, latest(&campus.moderator)["id"].as_str().unwrap()).expect(201).string("/id");
        decide(&campus.moderator.client, &own, "overturned").refused(403, "conflict_of_interest");
    }

    fn del_7_what_an_open_appeal_is_about_is_kept(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let post = campus.post(&campus.u1, "Kept for the decision");
        let gone = campus.post(&campus.u1, "Not kept");
        for post in [&post, &gone] {
            remove(&campus.moderator.client, "post", post).expect(201);
        }
        let page = campus.u1.client.get("/me/sanctions").expect(200);
        let of_post = (0..2).find(|n| page.string(&format!("/results/{n}/evidence")).starts_with("Kept")).unwrap();
        let filed = appeal(&campus.u1, &page.string(&format!("/results/{of_post}/id"))).expect(201).string("/id");
        campus.server.clock().advance(31 * DAY);
        let staff = campus.moderator.log_in().client;
        let seen = |id: &str| staff.get(&format!("/moderation/items/post/{id}"));
        let wait_for = |id: &str| {
            let begun = Instant::now();
            while seen(id).status != 404 {
                assert!(begun.elapsed() < Duration::from_secs(20), "{id} is not erased");
                sleep(Duration::from_millis(50));
            }
        };
        wait_for(&gone);
        assert_eq!(seen(&post).expect(200).at("/contents"), json!("About Kept for the decision."));
        // Nothing is done about what is erased.
        remove(&staff, "post", &gone).refused(404, "not_found");
        decide(&campus.admin.log_in().client, &filed, "upheld").expect(200);
        wait_for(&post);
    }

    fn san_4_parallel_appeals_and_decisions_count_once(kind) {
        let campus = Campus::open(kind);
        restrict(&campus, &campus.u1, 5).expect(201);
        let id = latest(&campus.u1)["id"].as_str().unwrap().to_owned();
        let at_once = |calls: &(dyn Fn() -> u16 + Sync)| {
            let mut statuses: Vec<u16> = std::thread::scope(|scope| {
                let threads: Vec<_> = (0..6).map(|_| scope.spawn(calls)).collect();
                threads.into_iter().map(|thread| thread.join().unwrap()).collect()
            });
            statuses.sort_unstable();
            statuses
        };
        assert_eq!(at_once(&|| appeal(&campus.u1, &id).status), [201, 409, 409, 409, 409, 409]);
        let filed = campus.admin.client.get("/moderation/appeals").expect(200).string("/results/0/id");
        assert_eq!(at_once(&|| decide(&campus.admin.client, &filed, "overturned").status), [200, 409, 409, 409, 409, 409]);
        assert_eq!(campus.u1.client.get("/notifications?kind=appeal_result").expect(200).at("/results").as_array().unwrap().len(), 1);
        campus.post(&campus.u1, "Free again");
    }
}
