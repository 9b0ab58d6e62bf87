//! Feeds and pages: walking, filtering, and what is refused.

use crate::on_both;
use madang_harness::{Campus, Client, Kind};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

fn titles(client: &Client, path: &str) -> Vec<String> {
    let body = client.get(path).expect(200).json();
    let results = body["results"].as_array().unwrap();
    results.iter().map(|post| post["title"].as_str().unwrap_or_default().to_owned()).collect()
}

fn walk(client: &Client, first: &str, step: &str) -> Vec<String> {
    let (mut path, mut walked) = (first.to_owned(), Vec::new());
    loop {
        let answer = client.get(&path).expect(200);
        let body = answer.json();
        let results = body["results"].as_array().unwrap();
        walked.extend(results.iter().map(|post| post["id"].as_str().unwrap().to_owned()));
        match body[step].as_str() {
            Some(next) => path = next.to_owned(),
            None => return walked,
        }
    }
}

on_both! {
    fn x_2_a_feed_neither_repeats_nor_skips_what_is_inserted_meanwhile(kind) {
        let campus = Campus::open(kind);
        let mut posts: Vec<String> = (0..7).map(|n| campus.post(&campus.u1, &format!("Post {n}"))).collect();
        posts.reverse();
        let u2 = &campus.u2.client;
        let first = u2.get("/posts?limit=3").expect(200);
        campus.post(&campus.u1, "Newcomer");
        let next = first.string("/next");
        assert!(next.starts_with("https://madang.test/api/v1/posts?"), "{next}");
        let mut walked: Vec<String> = first.json()["results"]
            .as_array().unwrap().iter().map(|post| post["id"].as_str().unwrap().to_owned()).collect();
        walked.extend(walk(u2, &next, "next"));
        assert_eq!(walked, posts);
        let links = u2.get(&next).expect(200);
        let links = links.header("link").unwrap();
        for rel in ["first", "prev", "next"] {
            assert!(links.contains(&format!("rel=\"{rel}\"")), "{links}");
        }
        let oldest_first = walk(u2, "/posts?limit=2&ordering=created_at", "next");
        assert_eq!(oldest_first.len(), 8);
        assert_eq!(oldest_first.first(), posts.last());
        let second = u2.get(&u2.get("/posts?limit=3").string("/next")).string("/previous");
        assert_eq!(titles(u2, &second), ["Newcomer", "Post 6", "Post 5"]);
    }

    fn s_66_a_cursor_works_in_its_own_list_alone(kind) {
        let campus = Campus::open(kind);
        for n in 0..4 {
            campus.post(&campus.u1, &format!("Post {n}"));
        }
        let next = campus.u1.client.get("/posts?limit=2").expect(200).string("/next");
        let cursor = next.split("cursor=").nth(1).unwrap().split('&').next().unwrap();
        let of = |path: &str| campus.u1.client.get(&path.replace("{}", cursor));
        assert_eq!(of("/posts?cursor={}").expect(200).json()["results"].as_array().unwrap().len(), 2);
        of("/posts?cursor={}&limit=1").expect(200);
        of("/posts?cursor={}&is_question=false").refused(400, "invalid_cursor");
        of("/posts?cursor={}&ordering=created_at").refused(400, "invalid_cursor");
        of(&format!("/boards/{}/posts?cursor={{}}", campus.open_board)).refused(400, "invalid_cursor");
        of("/me/trash?cursor={}").refused(400, "invalid_cursor");
        for at in [0, 7, 30, cursor.len() - 1] {
            let other = if cursor.as_bytes()[at] == b'A' { "B" } else { "A" };
            let mut changed = cursor.to_owned();
            changed.replace_range(at..=at, other);
            campus.u1.client.get(&format!("/posts?cursor={changed}")).refused(400, "invalid_cursor");
        }
        for cursor in ["", "%20", "AAAA", &cursor[..20]] {
            campus.u1.client.get(&format!("/posts?cursor={cursor}")).refused(400, "invalid_cursor");
        }
        // A stranger's cursor shows what the stranger may see, which is nothing of this school.
        let foreign = campus.u3.client.get(&format!("/posts?cursor={cursor}"));
        assert!(foreign.status == 400 || foreign.json()["results"].as_array().unwrap().is_empty());
    }

    fn x_4_a_search_is_measured_in_composed_characters(kind) {
        let campus = Campus::open(kind);
        let long = "한글".repeat(50);
        campus.post(&campus.u1, &long);
        campus.post(&campus.u1, "Maß");
        let found = |text: &str| {
            let decomposed: String = text.nfd().collect();
            let hexed = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
            let by = |text: &str| campus.u1.client.get(&format!("/posts?search={}", hexed(text)));
            let (composed, decomposed) = (by(text), by(&decomposed));
            assert_eq!(composed.status, decomposed.status, "{text}");
            assert_eq!(composed.at("/results"), decomposed.at("/results"), "{text}");
            composed
        };
        assert_eq!(found(&long).expect(200).string("/results/0/title"), long);
        found(&format!("{long}한")).refused_field("search", "max_length");
        for single in ["한", "ß", "é"] {
            found(single).refused_field("search", "min_length");
        }
        assert_eq!(found("aß").expect(200).string("/results/0/title"), "Maß");
    }

    fn s_70_wildcards_mean_themselves(kind) {
        let campus = Campus::open(kind);
        for title in ["100% sure", "100 percent", "snake_case", "snakeXcase", r"back\slash", "별*표"] {
            campus.post(&campus.u1, title);
        }
        let found = |query: &str| -> BTreeSet<String> {
            titles(&campus.u1.client, &format!("/posts?{query}")).into_iter().collect()
        };
        let one = |title: &str| BTreeSet::from([title.to_owned()]);
        assert_eq!(found("title__contains=0%25"), one("100% sure"));
        assert_eq!(found("title__icontains=E_C"), one("snake_case"));
        assert_eq!(found("title__startswith=100%25"), one("100% sure"));
        assert_eq!(found("title__endswith=k%5Cslash"), one(r"back\slash"));
        assert_eq!(found("title__icontains=%EB%B3%84*"), one("별*표"));
        assert_eq!(found("search=0%25"), one("100% sure"));
        campus.u1.client.get("/posts?search=%25%20sure").refused_field("search", "min_length");
        assert_eq!(found("title__contains=%25%25"), BTreeSet::new());
        assert_eq!(found("title=snake_case"), one("snake_case"));
        assert_eq!(found("title__iexact=SNAKE_CASE"), one("snake_case"));
    }
}

#[test]
fn x_3_lists_refuse_what_they_do_not_offer() {
    let campus = Campus::open(Kind::Sqlite);
    let get = |query: &str| campus.u1.client.get(&format!("/posts?{query}"));
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=", "limit"),
        ("board=1", "board"),
        ("is_question=yes", "is_question"),
        ("title=", "title"),
        ("title__icontains=a", "title__icontains"),
        ("created_at__gte=yesterday", "created_at__gte"),
        ("created_at__gte=2026-01-01T00:00:00", "created_at__gte"),
        ("like_count__range=1", "like_count__range"),
        ("ordering=title", "ordering"),
        ("search=%EB%B0%A5", "search"),
    ] {
        get(query).refused_at(field);
    }
    get(&format!("title={}", "a".repeat(101))).refused_field("title", "max_length");
    for query in ["bogus=1", "title__regex=a", "page=1", "author__contains=a", "like_count__in=1"] {
        let problem = get(query).refused(400, "unknown_parameter").problem();
        assert_eq!(problem.errors.len(), 1, "{query}");
    }
    for query in ["limit=1&limit=2", "title=%ff", "title=%zz"] {
        get(query).refused(400, "malformed_request");
    }
    assert_eq!(get("bogus=1&limit=0&title=").problem().errors.len(), 3);
    let unseen = "board=01890000-0000-7000-8000-000000000000";
    assert!(get(unseen).expect(200).json()["results"].as_array().unwrap().is_empty());
}

#[test]
fn x_3_pages_are_counted_and_end() {
    let campus = Campus::open(Kind::Sqlite);
    let page = campus.v.get("/schools?name__startswith=School&page_size=1&ordering=-name").expect(200);
    assert_eq!(page.at("/count"), 2);
    assert_eq!(page.string("/results/0/name"), "School B");
    assert_eq!(page.at("/previous"), serde_json::Value::Null);
    let next = page.string("/next");
    let last = campus.v.get(&next).expect(200);
    assert_eq!(last.string("/results/0/name"), "School A");
    assert_eq!(last.at("/next"), serde_json::Value::Null);
    assert!(last.string("/previous").contains("page=1"));
    campus.v.get("/schools?name__startswith=School&page_size=1&page=3").refused(404, "not_found");
    campus.v.get("/schools?name=Nowhere&page=1").expect(200);
    campus.v.get("/schools?page=0").refused_field("page", "min_value");
    campus.v.get("/schools?page_size=101").refused_field("page_size", "max_value");
    campus.v.get("/schools?cursor=a").refused(400, "unknown_parameter");
}
