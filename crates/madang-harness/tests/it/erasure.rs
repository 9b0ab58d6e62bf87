//! The erasure policy: every table has one, and it is what happens.

use crate::on_both;
use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Config, Person};
use madang_testkit::look;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

const PAGE: &str = include_str!("../../../../docs/erasure.md");
const POLICIES: [&str; 5] = ["erased", "blanked", "kept", "expires", "nobody"];

/// What a column that holds or names a person is called.
const PERSONAL: [&str; 14] = [
    "user_id",
    "owner_id",
    "author_id",
    "actor_id",
    "subject_id",
    "manager_id",
    "member_id",
    "reporter_id",
    "username",
    "nickname",
    "email",
    "recipient",
    "uploader_id",
    "target_user_id",
];

struct Policy {
    columns: BTreeSet<String>,
    word: String,
}

fn policies() -> BTreeMap<String, Policy> {
    let mut policies = BTreeMap::new();
    for line in PAGE.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [table, columns, word, _] = cells.as_slice() else { panic!("not four cells: {line}") };
        let name = |text: &str| text.trim().trim_matches('`').to_owned();
        let columns = columns.split(',').map(name).filter(|column| column != "–").collect();
        assert!(POLICIES.contains(word), "{word} is no policy: {line}");
        let policy = Policy { columns, word: (*word).to_owned() };
        assert!(policies.insert(name(table), policy).is_none(), "{table} stands there twice");
    }
    policies
}

on_both! {
    fn acc_20_every_table_has_an_erasure_policy(kind) {
        let campus = Campus::open(kind);
        let policies = policies();
        let columns = look::columns(&campus.server.database_url());
        assert!(columns.iter().any(|column| column.is_user), "the foreign keys are seen");
        let tables: BTreeSet<&String> = columns.iter().map(|column| &column.table_name).collect();
        let listed: BTreeSet<&String> = policies.keys().collect();
        let missing: Vec<_> = tables.difference(&listed).collect();
        let gone: Vec<_> = listed.difference(&tables).collect();
        assert!(missing.is_empty() && gone.is_empty(), "not in docs/erasure.md: {missing:?}; no such table: {gone:?}");
        let mut forgotten = Vec::new();
        for column in &columns {
            let name = column.column_name.as_str();
            let personal = column.is_user || PERSONAL.contains(&name) || name.ends_with("_by");
            let policy = &policies[&column.table_name];
            if personal && (!policy.columns.contains(name) || policy.word == "nobody") {
                forgotten.push(format!("{}.{name}", column.table_name));
            }
        }
        assert!(forgotten.is_empty(), "no policy in docs/erasure.md names {forgotten:?}");
    }
}

/// Leaves something in every table that a member can reach; answers a post of somebody else that was liked and kept.
fn live_a_little(campus: &Campus, person: &Person) -> String {
    let client = &person.client;
    client.call("PUT", &format!("/boards/{}/favourite", campus.open_board)).send().expect(204);
    let others = campus.post(&campus.u1, "Read by many");
    client.call("POST", &format!("/posts/{others}/likes")).send().expect(201);
    client.call("PUT", &format!("/posts/{others}/scrap")).send().expect(204);
    client.call("PUT", &format!("/posts/{others}/mute")).send().expect(204);
    for (title, anonymous) in [("Named", false), ("Hidden", true), ("Gone", false)] {
        let body =
            json!({ "title": title, "contents": format!("Text of {title}"), "is_anonymous": anonymous });
        let post = client.post(&format!("/boards/{}/posts", campus.open_board), body).expect(201);
        if title == "Gone" {
            client.delete(&format!("/posts/{}", post.string("/id"))).expect(204);
        }
    }
    campus.comment(person, &others, "Text of a comment");
    let liked = campus.comment(&campus.u1, &others, "Text to like");
    client.call("POST", &format!("/comments/{liked}/likes")).send().expect(201);
    let group = json!({ "name": "Handed over", "category": "group" });
    let group = campus.u1.client.post("/boards", group).expect(201).string("/id");
    let offer = json!({ "user_id": person.id, "password": PASSWORD });
    campus.u1.client.post(&format!("/boards/{group}/transfer"), offer).expect(201);
    let hidden = json!({ "contents": "Text of another", "is_anonymous": true });
    client.post(&format!("/posts/{others}/comments"), hidden).expect(201);
    let lead = |email: &str| {
        client.post("/leads", json!({ "name": "Canary", "email": email, "message": "canary" })).expect(201)
    };
    lead("canary@one.test");
    let deleted = lead("canary@two.test").string("/id");
    client.delete(&format!("/leads/{deleted}")).expect(204);
    client.patch("/me", json!({ "nickname": "canarybird" })).expect(200);
    client.post("/auth/tokens", json!({ "name": "canary", "password": PASSWORD })).expect(201);
    person.log_in();
    others
}

on_both! {
    fn acc_20_the_purge_leaves_nothing_that_tells_who_it_was(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let person = campus.student("canaryuser");
        let others = live_a_little(&campus, &person);
        let counts = || {
            let post = campus.u1.log_in().client.get(&format!("/posts/{others}")).expect(200);
            (post.at("/like_count"), post.at("/scrap_count"))
        };
        assert_eq!(counts(), (json!(1), json!(1)));
        let body = json!({ "password": PASSWORD });
        person.client.post("/me/withdrawal", body).expect(204);
        let before = look::dump(&campus.server.database_url());
        assert!(before.iter().any(|cell| cell.value.contains("canary")), "nothing is erased at once");
        assert_eq!(counts(), (json!(1), json!(1)), "scraps count until the purge");

        campus.server.clock().advance(Duration::from_secs(14 * 24 * 3600 + 60));
        let admin = campus.admin.log_in();
        let begun = Instant::now();
        let path = format!("/admin/users/{}", person.id);
        while admin.client.get(&path).expect(200).at("/username") == json!("canaryuser") {
            assert!(begun.elapsed() < Duration::from_secs(10), "erased in time");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(counts(), (json!(1), json!(0)));
        let policies = policies();
        let id = person.id.replace('-', "");
        let mut left = Vec::new();
        for cell in look::dump(&campus.server.database_url()) {
            let policy = &policies[&cell.table];
            let named = policy.columns.contains(&cell.column);
            let known = ["canary", "canarybird"].iter().any(|word| cell.value.to_lowercase().contains(word));
            // An id may stay where the policy says so; a name, an address or a word of the person nowhere.
            let identified = cell.value.contains(&id) && !(named && ["kept", "blanked"].contains(&policy.word.as_str()));
            // What was kept for a repeated request goes by its own clock.
            let expired = policy.word == "expires";
            let told = cell.column == "recipient_id" && cell.value.contains(&id);
            if (known || identified || told) && !expired {
                left.push(format!("{}.{} = {}", cell.table, cell.column, cell.value));
            }
        }
        assert!(left.is_empty(), "{left:#?}");
    }
}
