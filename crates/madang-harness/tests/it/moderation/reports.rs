//! Reporting.

use super::{anonymous_comment, anonymous_post, case_of, decide, remove, report};
use crate::on_both;
use madang_harness::person::nickname;
use madang_harness::{Campus, Config};
use serde_json::{Value, json};

on_both! {
    fn rpt_1_one_report_of_what_one_sees_and_has_not_written(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Reportable");
        let comment = campus.comment(&campus.u1, &post, "This too");
        let foreign = campus.u3.client.get("/boards").expect(200);
        assert_eq!(foreign.at("/count"), json!(0));
        let path = "/reports";
        let body = json!({ "target_type": "post", "target_id": post, "reason": "spam", "detail": "Again and again." });
        let made = campus.u2.client.post(path, body.clone()).expect(201);
        assert_eq!((made.string("/status"), made.string("/reason"), made.string("/detail")), ("open".to_owned(), "spam".to_owned(), "Again and again.".to_owned()));
        assert_eq!((made.at("/target_id"), made.at("/decided_at")), (json!(post), Value::Null));
        campus.u2.client.post(path, body.clone()).refused(409, "already_reported");
        report(&campus.u2, "comment", &comment, "abuse").expect(201);
        report(&campus.u2, "user", &campus.u1.id, "fraud_or_impersonation").expect(201);

        report(&campus.u1, "post", &post, "spam").refused(403, "own_item");
        report(&campus.u1, "comment", &comment, "spam").refused(403, "own_item");
        report(&campus.u1, "user", &campus.u1.id, "spam").refused(403, "own_item");
        report(&campus.u3, "post", &post, "spam").refused(404, "not_found");
        report(&campus.u3, "user", &campus.u1.id, "spam").refused(404, "not_found");
        report(&campus.g, "post", &post, "spam").refused(403, "email_unverified");
        campus.v.post(path, body).refused(401, "authentication_required");
        for kind in ["comment", "user", "message", "review", "exam_info"] {
            report(&campus.u2, kind, &post, "spam").refused(404, "not_found");
        }
        let bad = campus.u2.client.post(path, json!({ "target_type": "board", "target_id": 1, "reason": "x", "detail": "x".repeat(501) }));
        bad.refused_field("target_type", "invalid_choice").refused_field("target_id", "invalid")
            .refused_field("reason", "invalid_choice").refused_field("detail", "max_length");
        campus.u1.client.delete(&format!("/comments/{comment}")).expect(204);
        report(&campus.moderator, "comment", &comment, "spam").refused(404, "not_found");

        let own = campus.u2.client.get("/reports").expect(200);
        assert_eq!(own.at("/count"), json!(3));
        assert_eq!(campus.u2.client.get("/reports?target_type=user&status=open").expect(200).at("/count"), json!(1));
        assert_eq!(campus.u2.client.get("/reports?status=upheld").expect(200).at("/count"), json!(0));
        for person in [&campus.u1, &campus.moderator, &campus.admin] {
            assert_eq!(person.client.get("/reports").expect(200).at("/count"), json!(0));
        }
    }

    fn rpt_1_what_an_item_foretells_is_what_a_report_answers(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Foretold");
        let comment = campus.comment(&campus.u1, &post, "Too");
        for path in [format!("/posts/{post}"), format!("/comments/{comment}"), format!("/users/{}", campus.u1.id)] {
            let seen = |client: &madang_harness::Client| {
                let item = client.get(&path).expect(200);
                (item.at("/can/report"), item.at("/cannot/report"))
            };
            assert_eq!(seen(&campus.u2.client), (json!(true), Value::Null), "{path}");
            assert_eq!(seen(&campus.u1.client), (json!(false), json!("own_item")), "{path}");
        }
    }

    fn rpt_1_the_text_is_kept_as_it_was_at_the_first_report(kind) {
        let campus = Campus::open(kind);
        let post = anonymous_post(&campus, &campus.u1, "What I said");
        report(&campus.u2, "post", &post, "abuse").expect(201);
        campus.u1.client.patch(&format!("/posts/{post}"), json!({ "contents": "What I never said" })).expect(200);
        report(&campus.moderator, "post", &post, "spam").expect(201);
        let case = case_of(&campus.admin.client, &post);
        assert_eq!(case["snapshot"], "Unsaid\n\nWhat I said");
        assert_eq!((&case["report_count"], &case["reasons"]), (&json!(2), &json!({ "abuse": 1, "spam": 1 })));
        assert_eq!((&case["author"]["kind"], &case["author"]["label"]), (&json!("anonymous"), &json!("Anonymous (author)")));
        let told = case.to_string();
        for (who, person) in [("the author", &campus.u1), ("a reporter", &campus.u2)] {
            assert!(!told.contains(&person.id), "{who} is named: {told}");
        }
    }
}

on_both! {
    fn rpt_2_reports_that_weigh_enough_hide_the_item(kind) {
        let campus = Campus::with(kind, Config::default().with("moderation.hide_weight", 200));
        let post = campus.post(&campus.u1, "Contested");
        let comment = anonymous_comment(&campus.u1, &post, "Contested, too");
        let counts = || campus.u2.client.get(&format!("/boards/{}", campus.open_board)).expect(200).at("/post_count");
        report(&campus.u2, "comment", &comment, "abuse").expect(201);
        campus.u3.client.get(&format!("/comments/{comment}")).refused(404, "not_found");
        assert_eq!(campus.u2.client.get(&format!("/comments/{comment}")).expect(200).at("/state"), json!("live"));
        report(&campus.moderator, "comment", &comment, "spam").expect(201);
        // Hidden from everybody but its author, who is told why; counted all the same (RPT-3).
        campus.u2.client.get(&format!("/comments/{comment}")).refused(403, "item_hidden");
        let own = campus.u1.client.get(&format!("/comments/{comment}")).expect(200);
        assert_eq!((own.at("/state"), own.at("/hidden_reason"), own.at("/contents")), (json!("hidden"), json!("abuse"), json!("Contested, too")));
        assert_eq!(campus.u2.client.get(&format!("/posts/{post}")).expect(200).at("/comment_count"), json!(1));
        report(&campus.admin, "comment", &comment, "spam").refused(403, "item_hidden");

        report(&campus.u2, "post", &post, "spam").expect(201);
        report(&campus.moderator, "post", &post, "sexual").expect(201);
        let stub = campus.u2.client.get(&format!("/posts/{post}")).expect(200);
        assert_eq!((stub.at("/state"), stub.at("/contents"), stub.at("/hidden_reason")), (json!("hidden"), Value::Null, json!("sexual")));
        assert_eq!(counts(), json!(1));
        for list in ["/posts", "/posts?search=contested"] {
            assert_eq!(campus.u2.client.get(list).expect(200).at("/results"), json!([]), "{list}");
        }
        assert_eq!(campus.u1.client.get("/me/posts").expect(200).at("/results/0/id"), json!(post));
    }

    fn rpt_2_users_are_never_hidden_and_old_reports_of_bad_faith_weigh_less(kind) {
        let campus = Campus::with(kind, Config::default().with("moderation.hide_weight", 100));
        report(&campus.u2, "user", &campus.u1.id, "abuse").expect(201);
        campus.moderator.client.get(&format!("/users/{}", campus.u1.id)).expect(200);
        let case = case_of(&campus.admin.client, &campus.u1.id);
        assert_eq!((&case["target_type"], &case["board"], &case["snapshot"]), (&json!("user"), &Value::Null, &json!(nickname("user1"))));
        decide(&campus.moderator.client, &case, "dismiss").expect(200);
        // What was dismissed once makes the next report weigh 75.
        let post = campus.post(&campus.u1, "Fine");
        report(&campus.u2, "post", &post, "abuse").expect(201);
        assert_eq!(campus.moderator.client.get(&format!("/posts/{post}")).expect(200).at("/state"), json!("live"));
        assert_eq!(case_of(&campus.admin.client, &post)["priority"], json!(75));
        report(&campus.admin, "post", &post, "abuse").expect(201);
        assert_eq!(campus.moderator.client.get(&format!("/posts/{post}")).expect(200).at("/state"), json!("hidden"));
    }

    fn rpt_5_danger_to_oneself_comes_first(kind) {
        let campus = Campus::open(kind);
        let posts = ["One", "Two", "Three"].map(|title| campus.post(&campus.u1, title));
        report(&campus.u2, "post", &posts[0], "spam").expect(201);
        report(&campus.u2, "post", &posts[1], "self_harm").expect(201);
        for person in [&campus.u2, &campus.moderator, &campus.admin] {
            report(person, "post", &posts[2], "abuse").expect(201);
        }
        let order = |query: &str| -> Vec<Value> {
            let cases = campus.admin.client.get(&format!("/moderation/cases{query}")).expect(200).at("/results");
            cases.as_array().unwrap().iter().map(|case| case["target_id"].clone()).collect()
        };
        assert_eq!(order(""), [&posts[1], &posts[2], &posts[0]].map(|id| json!(id)));
        assert_eq!(order("?ordering=opened_at"), [&posts[0], &posts[1], &posts[2]].map(|id| json!(id)));
        assert_eq!(order("?reason__in=self_harm,spam"), [&posts[1], &posts[0]].map(|id| json!(id)));
    }
}

on_both! {
    fn con_9_a_report_against_a_parallel_removal_acts_on_what_it_finds(kind) {
        let campus = Campus::open(kind);
        let people = ["reporter1", "reporter2", "reporter3"].map(|name| campus.student(name));
        for round in 0..5 {
            let post = campus.post(&campus.u1, &format!("Round {round}"));
            let answers = std::thread::scope(|scope| {
                let reports: Vec<_> = people.iter().map(|person| scope.spawn(|| report(person, "post", &post, "spam").status)).collect();
                let removal = scope.spawn(|| remove(&campus.moderator.client, "post", &post).status);
                let reports: Vec<u16> = reports.into_iter().map(|report| report.join().unwrap()).collect();
                (reports, removal.join().unwrap())
            });
            assert_eq!(answers.1, 201);
            assert!(answers.0.iter().all(|status| [201, 404].contains(status)), "{answers:?}");
            // What was reported before the removal was decided by it; nothing waits afterwards.
            let open = campus.admin.client.get("/moderation/cases?status=open").expect(200);
            assert_eq!(open.at("/count"), json!(0), "{answers:?}");
            for (person, status) in people.iter().zip(answers.0) {
                let upheld = person.client.get("/reports?status=upheld&page_size=100").expect(200).text();
                assert_eq!(upheld.contains(&post), status == 201);
            }
        }
    }
}
