//! Who is told of reports, cases and warnings.

use super::{anonymous_comment, anonymous_post, case_of, decide, remove, report};
use crate::on_both;
use madang_harness::{Campus, Config, Person};
use serde_json::{Value, json};

/// The notices of a kind.
fn told(person: &Person, kind: &str) -> Vec<Value> {
    let feed = person.client.get(&format!("/notifications?kind={kind}")).expect(200);
    feed.at("/results").as_array().unwrap().clone()
}

on_both! {
    fn rpt_3_the_author_alone_is_told_once_that_an_item_is_hidden(kind) {
        let campus = Campus::with(kind, Config::default().with("moderation.hide_weight", 100));
        let post = anonymous_post(&campus, &campus.u1, "Contested");
        let comment = anonymous_comment(&campus.u1, &campus.post(&campus.u2, "Thread"), "Contested, too");
        report(&campus.u2, "post", &post, "spam").expect(201);
        report(&campus.u2, "comment", &comment, "spam").expect(201);
        let notices = told(&campus.u1, "item_hidden");
        let targets: Vec<_> = notices.iter().map(|notice| notice["target"]["id"].clone()).collect();
        assert_eq!(targets, [json!(comment), json!(post)]);
        assert!(notices.iter().all(|notice| notice["actor"] == Value::Null && notice["is_read"] == json!(false)));
        for person in [&campus.u2, &campus.moderator, &campus.admin] {
            assert!(told(person, "item_hidden").is_empty());
        }
        decide(&campus.moderator.client, &case_of(&campus.moderator.client, &post), "dismiss").expect(200);
        report(&campus.admin, "post", &post, "spam").expect(201);
        assert_eq!(told(&campus.u1, "item_hidden").len(), 3, "hidden again is told again");
    }

    fn rpt_4_each_reporter_is_told_of_the_decision_and_nothing_more(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Reported");
        let reported = [&campus.u2, &campus.admin].map(|person| (person, report(person, "post", &post, "abuse").expect(201).string("/id")));
        decide(&campus.moderator.client, &case_of(&campus.moderator.client, &post), "remove").expect(200);
        for (person, id) in &reported {
            let notices = told(person, "report_result");
            assert_eq!(notices.len(), 1);
            assert_eq!((&notices[0]["actor"], &notices[0]["target"]), (&Value::Null, &json!({ "type": "report", "id": id, "post_id": null })));
            assert_eq!(person.client.get("/reports").expect(200).at("/results/0/status"), json!("upheld"));
        }
        for person in [&campus.u1, &campus.moderator] {
            assert!(told(person, "report_result").is_empty());
        }
    }

    fn rpt_4_the_text_says_whether_a_report_was_upheld_or_dismissed(kind) {
        let campus = Campus::open(kind);
        for (title, outcome) in [("First", "remove"), ("Second", "dismiss")] {
            let post = campus.post(&campus.u1, title);
            report(&campus.u2, "post", &post, "abuse").expect(201);
            decide(&campus.moderator.client, &case_of(&campus.moderator.client, &post), outcome).expect(200);
        }
        let texts = |language: &str| -> Vec<String> {
            let asked = campus.u2.client.call("GET", "/notifications?kind=report_result").header("accept-language", language);
            let feed = asked.send().expect(200);
            feed.at("/results").as_array().unwrap().iter().map(|notice| notice["text"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(texts("en"), ["A report of yours was dismissed.", "A report of yours was upheld."]);
        assert_eq!(texts("ko"), ["회원님의 신고가 받아들여지지 않았습니다.", "회원님의 신고가 받아들여졌습니다."]);
    }

    fn rpt_5_moderators_of_the_school_are_told_at_once_of_danger_to_somebody(kind) {
        let campus = Campus::open(kind);
        madang_harness::campus::set_role(&campus.admin, &campus.u3, "moderator");
        let post = campus.post(&campus.u1, "Worrying");
        report(&campus.u2, "post", &post, "abuse").expect(201);
        assert!(told(&campus.moderator, "moderation_case").is_empty());
        report(&campus.admin, "post", &post, "self_harm").expect(201);
        let notices = told(&campus.moderator, "moderation_case");
        let case = case_of(&campus.moderator.client, &post);
        assert_eq!((notices.len(), &notices[0]["target"]["id"]), (1, &case["id"]));
        for person in [&campus.u1, &campus.u2, &campus.u3] {
            assert!(told(person, "moderation_case").is_empty());
        }
    }

    fn san_1_who_is_warned_is_told_even_without_wanting_to_be(kind) {
        let campus = Campus::open(kind);
        let post = anonymous_post(&campus, &campus.u1, "Rude");
        campus.u1.client.put(&format!("/posts/{post}/mute")).expect(204);
        remove(&campus.moderator.client, "post", &post).expect(201);
        let sanction = campus.u1.client.get("/me/sanctions").expect(200).at("/results/0/id");
        let notices = told(&campus.u1, "sanction");
        assert_eq!((notices.len(), &notices[0]["target"]["id"], &notices[0]["actor"]), (1, &sanction, &Value::Null));
        for person in [&campus.u2, &campus.moderator, &campus.admin] {
            assert!(told(person, "sanction").is_empty());
        }
    }
}
