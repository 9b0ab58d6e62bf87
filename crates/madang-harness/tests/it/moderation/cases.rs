//! Deciding.

use super::{
    anonymous_comment, anonymous_post, case_of, decide, put_back, remove, report, seat, second_moderator,
};
use crate::on_both;
use madang_harness::person::nickname;
use madang_harness::{Campus, Client, Config, Person};
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::{Duration, Instant};

fn statuses(person: &Person) -> Value {
    person.client.get("/reports").expect(200).at("/results/0/status")
}

fn cases(staff: &Client, query: &str) -> Value {
    staff.get(&format!("/moderation/cases{query}")).expect(200).at("/count")
}

on_both! {
    fn rpt_4_a_dismissal_shows_the_item_again_and_may_make_it_immune(kind) {
        let campus = Campus::with(kind, Config::default().with("moderation.hide_weight", 100));
        let post = campus.post(&campus.u1, "Harmless");
        report(&campus.u2, "post", &post, "spam").expect(201);
        assert_eq!(campus.moderator.client.get(&format!("/posts/{post}")).expect(200).at("/state"), json!("hidden"));
        let case = case_of(&campus.moderator.client, &post);
        assert_eq!((&case["status"], &case["item_state"], &case["can"]["decide"]), (&json!("open"), &json!("hidden"), &json!(true)));
        let path = format!("/moderation/cases/{}/decision", case["id"].as_str().unwrap());
        let body = json!({ "outcome": "warn", "rule": "spam", "note": "No.", "immune": true });
        campus.moderator.client.post(&path, body).refused_field("immune", "not_allowed");
        let body = json!({ "outcome": "dismiss", "rule": "spam", "note": "No fault.", "immune": true });
        let decided = campus.moderator.client.post(&path, body.clone()).expect(200);
        assert_eq!((decided.at("/status"), decided.at("/outcome"), decided.at("/note")), (json!("decided"), json!("dismiss"), json!("No fault.")));
        assert_eq!((decided.at("/item_state"), decided.at("/cannot/decide")), (json!("live"), json!("already_decided")));
        campus.moderator.client.post(&path, body).refused(409, "already_decided");
        assert_eq!(campus.u2.client.get(&format!("/posts/{post}")).expect(200).at("/contents"), json!("About Harmless."));
        assert_eq!(statuses(&campus.u2), json!("dismissed"));
        assert_eq!(campus.u1.client.get("/me/sanctions").expect(200).at("/count"), json!(0));
        // A later report opens a new case, but hides nothing any more.
        report(&campus.admin, "post", &post, "spam").expect(201);
        assert_eq!(campus.u2.client.get(&format!("/posts/{post}")).expect(200).at("/state"), json!("live"));
        assert_eq!((cases(&campus.moderator.client, "?status=open"), cases(&campus.moderator.client, "?status=decided")), (json!(1), json!(1)));
        let item = campus.moderator.client.get(&format!("/moderation/items/post/{post}")).expect(200);
        assert_eq!(item.at("/immune"), json!(true));
    }

    fn rpt_4_removing_and_warning_uphold_every_report(kind) {
        let campus = Campus::with(kind, Config::default().with("moderation.hide_weight", 100));
        let (gone, kept) = (anonymous_post(&campus, &campus.u1, "Goes"), anonymous_post(&campus, &campus.u1, "Stays"));
        report(&campus.u2, "post", &gone, "abuse").expect(201);
        let decided = decide(&campus.moderator.client, &case_of(&campus.moderator.client, &gone), "remove").expect(200);
        assert_eq!((decided.at("/item_state"), decided.at("/outcome")), (json!("removed"), json!("remove")));
        campus.u1.client.get(&format!("/posts/{gone}")).refused(404, "not_found");
        assert_eq!(statuses(&campus.u2), json!("upheld"));
        campus.server.clock().advance(Duration::from_secs(1));
        report(&campus.u2, "post", &kept, "abuse").expect(201);
        let decided = decide(&campus.moderator.client, &case_of(&campus.moderator.client, &kept), "warn").expect(200);
        assert_eq!(decided.at("/item_state"), json!("live"));
        assert_eq!(campus.u2.client.get(&format!("/posts/{kept}")).expect(200).at("/state"), json!("live"));
        let own = campus.u1.client.get("/me/sanctions").expect(200);
        let evidence = |n: usize| own.at(&format!("/results/{n}/evidence"));
        assert_eq!((own.at("/count"), evidence(0), evidence(1)), (json!(2), json!("Unsaid\n\nStays"), json!("Unsaid\n\nGoes")));
        // What a decision removed comes back like any removal.
        put_back(&campus.moderator.client, "post", &gone).expect(201);
        assert_eq!(campus.u2.client.get(&format!("/posts/{gone}")).expect(200).at("/state"), json!("live"));
        let log = campus.u2.client.get("/moderation/log?action__in=post_removed,post_warned,post_restored").expect(200).at("/results");
        assert_eq!(log.as_array().unwrap().len(), 3);
    }

    fn rpt_4_a_removal_decides_the_open_case(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Going");
        report(&campus.u2, "post", &post, "abuse").expect(201);
        remove(&campus.moderator.client, "post", &post).expect(201);
        let case = case_of(&campus.moderator.client, &post);
        assert_eq!((&case["status"], &case["outcome"], &case["note"]), (&json!("decided"), &json!("remove"), &json!("Nobody is insulted here.")));
        assert_eq!(statuses(&campus.u2), json!("upheld"));
        assert_eq!(campus.u1.client.get("/me/sanctions").expect(200).at("/count"), json!(1));
    }

    fn rpt_4_a_reported_member_is_warned_or_not_but_not_removed(kind) {
        let campus = Campus::open(kind);
        report(&campus.u2, "user", &campus.u1.id, "fraud_or_impersonation").expect(201);
        let case = case_of(&campus.moderator.client, &campus.u1.id);
        assert_eq!(case["author"]["id"], json!(campus.u1.id));
        decide(&campus.moderator.client, &case, "remove").refused_field("outcome", "not_allowed");
        decide(&campus.moderator.client, &case, "warn").expect(200);
        let own = campus.u1.client.get("/me/sanctions").expect(200);
        assert_eq!((own.at("/count"), own.at("/results/0/scope"), own.at("/results/0/board")), (json!(1), json!("site"), Value::Null));
    }
}

on_both! {
    fn rpt_6_managers_see_their_boards_and_moderators_their_school(kind) {
        let campus = Campus::open(kind);
        let manager = campus.student("manager");
        seat(&campus, &manager);
        let post = campus.post(&campus.u1, "In the open board");
        let elsewhere = campus.u1.client.post(&format!("/boards/{}/posts", campus.closed_board), json!({ "contents": "Closed." })).expect(201).string("/id");
        for (kind, id) in [("post", &post), ("post", &elsewhere), ("user", &campus.u1.id)] {
            report(&campus.u2, kind, id, "abuse").expect(201);
        }
        assert_eq!((cases(&manager.client, ""), cases(&campus.moderator.client, ""), cases(&campus.admin.client, "")), (json!(1), json!(3), json!(3)));
        assert_eq!(cases(&campus.moderator.client, &format!("?board={}", campus.closed_board)), json!(1));
        assert_eq!(cases(&campus.moderator.client, "?target_type=user"), json!(1));
        let warden = &campus.u3;
        madang_harness::campus::set_role(&campus.admin, warden, "moderator");
        assert_eq!(cases(&warden.client, ""), json!(0));
        for person in [&campus.u1, &campus.u2] {
            person.client.get("/moderation/cases").refused(403, "forbidden");
        }
        campus.g.client.get("/moderation/cases").refused(403, "email_unverified");
        campus.v.get("/moderation/cases").refused(401, "authentication_required");

        let (own, other) = (case_of(&campus.admin.client, &post), case_of(&campus.admin.client, &elsewhere));
        let path = |case: &Value| format!("/moderation/cases/{}", case["id"].as_str().unwrap());
        manager.client.get(&path(&own)).expect(200);
        for person in [&manager, warden] {
            person.client.get(&path(&other)).refused(404, "not_found");
            decide(&person.client, &other, "dismiss").refused(404, "not_found");
        }
        campus.u2.client.get(&path(&own)).refused(403, "forbidden");
        decide(&campus.u2.client, &own, "dismiss").refused(403, "forbidden");
        decide(&manager.client, &own, "dismiss").expect(200);
        let bad = campus.moderator.client.post(&format!("{}/decision", path(&other)), json!({ "outcome": "burn", "rule": "x", "note": " " }));
        bad.refused_field("outcome", "invalid_choice").refused_field("rule", "invalid_choice").refused_field("note", "blank");
    }

    fn rpt_6_nobody_decides_on_what_is_their_own(kind) {
        let campus = Campus::open(kind);
        let other = second_moderator(&campus).client;
        let post = anonymous_post(&campus, &campus.moderator, "By the moderator");
        let comment = anonymous_comment(&campus.moderator, &post, "By the moderator, again");
        for (kind, id) in [("post", &post), ("comment", &comment), ("user", &campus.moderator.id)] {
            report(&campus.u2, kind, id, "abuse").expect(201);
            let case = case_of(&campus.moderator.client, id);
            assert_eq!((&case["can"]["decide"], &case["cannot"]["decide"]), (&json!(false), &json!("conflict_of_interest")));
            decide(&campus.moderator.client, &case, "dismiss").refused(403, "conflict_of_interest");
            let seen = case_of(&other, id);
            if kind == "user" {
                // Nor on other staff by name, unless an admin (SAN-2).
                assert_eq!(seen["cannot"]["decide"], json!("conflict_of_interest"));
                decide(&other, &seen, "warn").refused(403, "conflict_of_interest");
                decide(&campus.admin.client, &seen, "dismiss").expect(200);
                continue;
            }
            // To another moderator nothing tells the case of an anonymous item from any other (ANON-5i).
            assert_eq!(seen["can"]["decide"], json!(true));
            decide(&other, &seen, "dismiss").expect(200);
        }
    }

    fn anon_3_a_case_of_an_anonymous_comment_names_neither_its_author_nor_that_of_the_post(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "By name");
        let comment = anonymous_comment(&campus.u2, &post, "Who am I");
        report(&campus.admin, "comment", &comment, "abuse").expect(201);
        let case = case_of(&campus.moderator.client, &comment);
        assert_eq!((&case["author"]["label"], &case["author"]["is_post_author"]), (&json!("Anonymous 1"), &json!(false)));
        let item = campus.moderator.client.get(&format!("/moderation/items/comment/{comment}")).expect(200).text();
        for told in [&case.to_string(), &item] {
            for person in [&campus.u1, &campus.u2, &campus.admin] {
                assert!(!told.contains(&person.id) && !told.contains(&nickname(&person.username)), "{told}");
            }
        }
    }
}

on_both! {
    fn con_8_of_parallel_decisions_one_counts(kind) {
        let campus = Campus::open(kind);
        let other = second_moderator(&campus);
        for round in 0..5 {
            let post = campus.post(&campus.u1, &format!("Round {round}"));
            report(&campus.u2, "post", &post, "spam").expect(201);
            let case = case_of(&campus.moderator.client, &post);
            let mut answers = std::thread::scope(|scope| {
                let threads = [(&campus.moderator, "remove"), (&other, "dismiss"), (&campus.admin, "warn")]
                    .map(|(staff, outcome)| scope.spawn(|| decide(&staff.client, &case, outcome).status));
                threads.map(|thread| thread.join().unwrap())
            });
            answers.sort_unstable();
            assert_eq!(answers, [200, 409, 409]);
            let decided = case_of(&campus.moderator.client, &post);
            let given = campus.u1.client.get("/me/sanctions").expect(200).at("/results");
            let of_this = given.as_array().unwrap().iter().filter(|row| row["evidence"].as_str().unwrap().contains(&format!("Round {round}"))).count();
            assert_eq!(of_this, usize::from(decided["outcome"] != "dismiss"));
            assert_eq!(decided["item_state"], if decided["outcome"] == "remove" { "removed" } else { "live" });
        }
    }
}

on_both! {
    fn del_7_what_is_to_be_decided_is_erased_only_afterwards(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let texts = ["Deleted", "Removed", "Plain"];
        let [deleted, removed, plain] = texts.map(|title| campus.post(&campus.u1, title));
        let comment = campus.comment(&campus.u1, &campus.post(&campus.u2, "Thread"), "Commented");
        for (kind, id) in [("post", &deleted), ("comment", &comment)] {
            report(&campus.u2, kind, id, "abuse").expect(201);
        }
        for id in [&deleted, &plain] {
            campus.u1.client.delete(&format!("/posts/{id}")).expect(204);
        }
        campus.u1.client.delete(&format!("/comments/{comment}")).expect(204);
        remove(&campus.moderator.client, "post", &removed).expect(201);
        let staff = || campus.moderator.log_in().client;
        // Staff see an item until it is erased.
        let contents = |kind: &str, id: &str| {
            let item = staff().get(&format!("/moderation/items/{kind}/{id}"));
            if item.status == 404 { Value::Null } else { item.expect(200).at("/contents") }
        };
        let pass_a_month = || campus.server.clock().advance(Duration::from_secs(31 * 86_400));
        let wait_for = |kind: &str, id: &str| {
            let begun = Instant::now();
            while contents(kind, id) != Value::Null {
                assert!(begun.elapsed() < Duration::from_secs(20), "{kind} {id} is not erased");
                sleep(Duration::from_millis(50));
            }
        };
        assert_eq!(contents("post", &removed), json!("About Removed."));
        pass_a_month();
        wait_for("post", &plain);
        wait_for("post", &removed);
        assert_eq!((contents("post", &deleted), contents("comment", &comment)), (json!("About Deleted."), json!("Commented")));
        put_back(&staff(), "post", &removed).refused(409, "not_restorable");
        let own = campus.u1.log_in().client.get("/me/sanctions").expect(200);
        assert_eq!((own.at("/count"), own.at("/results/0/evidence")), (json!(1), Value::Null));

        for id in [&deleted, &comment] {
            let staff = staff();
            decide(&staff, &case_of(&staff, id), "dismiss").expect(200);
        }
        pass_a_month();
        wait_for("post", &deleted);
        wait_for("comment", &comment);
        assert_eq!(case_of(&staff(), &deleted)["snapshot"], json!(""), "the copy goes with the text (DEL-6)");
    }
}
