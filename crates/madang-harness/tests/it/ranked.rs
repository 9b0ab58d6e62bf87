//! The lists of what was liked most.

use crate::on_both;
use crate::visibility::mark;
use madang_harness::campus::board;
use madang_harness::{Campus, Config, Person};
use serde_json::json;
use std::time::Duration;

fn listed(person: &Person, path: &str) -> Vec<String> {
    let feed = person.client.get(path).expect(200);
    let rows = feed.at("/results");
    rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
}

fn like(campus: &Campus, person: &Person, post: &str) {
    campus.server.clock().advance(Duration::from_secs(1));
    person.client.call("POST", &format!("/posts/{post}/likes")).send().expect(201);
}

on_both! {
    fn post_8_hot_and_best_are_ordered_by_their_stamps(kind) {
        let config = Config::default().with("posts.hot_likes", 1).with("posts.best_likes", 2);
        let campus = Campus::with(kind, config);
        let posts = ["One", "Two", "Three", "Cold"].map(|title| campus.post(&campus.u1, title));
        let other = board(&campus.admin, &campus.a, json!({ "name": "Other" }));
        let path = format!("/boards/{other}/posts");
        let far = campus.u1.client.post(&path, json!({ "contents": "Far." })).expect(201).string("/id");
        for post in [&posts[1], &posts[0], &far, &posts[2]] {
            like(&campus, &campus.u2, post);
        }
        for post in [&posts[2], &posts[0]] {
            like(&campus, &campus.moderator, post);
        }
        let hot = [&posts[2], &far, &posts[0], &posts[1]].map(String::clone);
        assert_eq!(listed(&campus.u1, "/posts/hot"), hot);
        assert_eq!(listed(&campus.u1, "/posts/best"), [posts[0].clone(), posts[2].clone()]);
        assert_eq!(listed(&campus.u1, &format!("/posts/hot?board={other}")), std::slice::from_ref(&far));
        assert_eq!(listed(&campus.admin, "/posts/hot"), hot);
        assert_eq!(listed(&campus.u3, "/posts/hot"), [""; 0]);
        let for_guests = [hot[0].clone(), hot[2].clone(), hot[3].clone()];
        assert_eq!(listed(&campus.g, "/posts/hot"), for_guests);

        let first = campus.u1.client.get("/posts/hot?limit=3").expect(200);
        let next = first.string("/next").replace("https://madang.test/api/v1", "");
        assert_eq!(listed(&campus.u1, &next), [hot[3].clone()]);
        let back = campus.u1.client.get(&next).expect(200).string("/previous");
        assert_eq!(listed(&campus.u1, &back.replace("https://madang.test/api/v1", "")), hot[..3]);

        campus.u1.client.delete(&format!("/posts/{}", posts[2])).expect(204);
        assert_eq!(listed(&campus.u1, "/posts/hot"), hot[1..]);
        assert_eq!(listed(&campus.u1, "/posts/best"), std::slice::from_ref(&posts[0]));
        campus.u1.client.get("/posts/hot?ordering=created_at").refused(400, "unknown_parameter");
        campus.u1.client.get("/posts/hot?half_year=2026H1").refused(400, "unknown_parameter");
    }
}

on_both! {
    fn post_8_best_is_grouped_by_half_years_of_the_school(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.best_likes", 1));
        let post = campus.post(&campus.u1, "Now");
        like(&campus, &campus.u2, &post);
        let at = campus.u1.client.get(&format!("/posts/{post}")).expect(200).string("/best_at");
        let seoul = chrono::FixedOffset::east_opt(9 * 3600).unwrap();
        let best_at = chrono::DateTime::parse_from_rfc3339(&at).unwrap().with_timezone(&seoul);
        let half = |year: i32, second: bool| format!("{year}H{}", if second { 2 } else { 1 });
        let (year, second) = {
            use chrono::Datelike;
            (best_at.year(), best_at.month() > 6)
        };
        let (this, other) = (half(year, second), half(year, !second));
        let far = half(year - 3, second);
        assert_eq!(listed(&campus.u1, &format!("/posts/best?half_year={this}")), std::slice::from_ref(&post));
        assert_eq!(listed(&campus.u1, &format!("/posts/best?half_year={other}")), [""; 0]);
        let both = format!("/posts/best?half_year__in={this},{far}");
        assert_eq!(listed(&campus.u1, &both), std::slice::from_ref(&post));
        let around = format!("/posts/best?half_year__in={far},{}", half(year + 1, second));
        assert_eq!(listed(&campus.u1, &around), [""; 0]);
        campus.u1.client.get("/posts/best?half_year=2026H3").refused_field("half_year", "invalid_choice");
    }
}

on_both! {
    fn post_8_halves_of_years_follow_the_clocks_of_each_school(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.best_likes", 1));
        let school = format!("/admin/schools/{}", campus.b.id);
        let zone = json!({ "time_zone": "America/New_York" });
        let listed_in = |person: &Person, halves: &str| listed(person, &format!("/posts/best?half_year__in={halves}"));
        let far = board(&campus.admin, &campus.b, json!({ "name": "Far" }));
        let near = campus.post(&campus.u1, "In Seoul");
        let body = json!({ "contents": "In New York." });
        let far = campus.u3.client.post(&format!("/boards/{far}/posts"), body).expect(201).string("/id");
        for post in [&near, &far] {
            like(&campus, &campus.admin, post);
            // The first of July in Seoul, the last of June in New York.
            let at = chrono::DateTime::parse_from_rfc3339("2026-06-30T20:00:00Z").unwrap();
            let at = match campus.server.database_url().starts_with("sqlite:") {
                true => at.timestamp_micros().to_string(),
                false => format!("'{}'", at.to_rfc3339()),
            };
            mark(&campus, "posts", post, &format!("best_at = {at}"));
        }
        let sorted = |mut posts: Vec<String>| { posts.sort(); posts };
        let both = sorted(vec![near.clone(), far.clone()]);
        assert_eq!(sorted(listed_in(&campus.admin, "2026H2")), both, "one zone as yet");
        assert_eq!(listed_in(&campus.admin, "2026H1"), [""; 0]);

        campus.admin.client.call("PATCH", &school).if_match("*").json(&zone).send().expect(200);
        let (one, other) = (std::slice::from_ref(&near), std::slice::from_ref(&far));
        assert_eq!(listed_in(&campus.u1, "2026H2"), one);
        assert_eq!(listed_in(&campus.u1, "2026H1"), [""; 0]);
        assert_eq!(listed_in(&campus.u3, "2026H1"), other);
        assert_eq!(listed_in(&campus.u3, "2026H2"), [""; 0]);
        assert_eq!(listed_in(&campus.admin, "2026H2"), one);
        assert_eq!(listed_in(&campus.admin, "2026H1"), other);
        // With a gap of years between, and on either side of it.
        assert_eq!(listed_in(&campus.admin, "2026H1,2024H1"), other);
        assert_eq!(listed_in(&campus.admin, "2026H2,2028H1"), one);
        assert_eq!(listed_in(&campus.admin, "2025H2,2027H1"), [""; 0]);
        assert_eq!(sorted(listed_in(&campus.admin, "2026H1,2026H2")), both);
    }
}
