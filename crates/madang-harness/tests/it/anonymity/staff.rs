//! What staff do about an anonymous item tells nobody who wrote it (ANON-5i).

use super::World;
use crate::moderation::{case_of, decide, put_back, remove, report, sanction};
use crate::on_both;
use madang_harness::{Campus, Person};
use serde_json::{Value, json};

/// An answer without what differs whoever wrote the item: ids, times, the links that hold them, and counts that lag.
fn told(answer: Value) -> Value {
    match answer {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(name, _)| {
                ![
                    "id",
                    "target_id",
                    "created_at",
                    "updated_at",
                    "opened_at",
                    "decided_at",
                    "deleted_at",
                    "instance",
                    "next",
                    "previous",
                    "view_count",
                    "starts_at",
                    "lifted_at",
                    "appeal_until",
                    "sanction_id",
                    "count",
                ]
                .contains(&name.as_str())
            });
            Value::Object(kept.map(|(name, value)| (name, told(value))).collect())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(told).collect()),
        value => value,
    }
}

/// Reports, judges, removes and restores an anonymous post of `author`; all that staff and members are told meanwhile.
fn story(campus: &Campus, author: &Person, reporter: &Person) -> Vec<(u16, Value)> {
    let staff = &campus.moderator.client;
    let body = json!({ "title": "A title", "contents": "An anonymous text", "is_anonymous": true });
    let post =
        author.client.post(&format!("/boards/{}/posts", campus.open_board), body).expect(201).string("/id");
    let mut heard = Vec::new();
    let mut hear = |answer: madang_harness::Response| heard.push((answer.status, told(answer.json())));
    hear(report(reporter, "post", &post, "abuse"));
    hear(report(reporter, "post", &post, "abuse"));
    let look = |hear: &mut dyn FnMut(madang_harness::Response)| {
        for client in [staff, &campus.admin.client, &campus.u2.client] {
            hear(client.get(&format!("/moderation/items/post/{post}")));
            hear(client.get(&format!("/moderation/cases/{}", case_of(staff, &post)["id"].as_str().unwrap())));
            hear(client.get(&format!("/posts/{post}")));
        }
    };
    look(&mut hear);
    hear(decide(staff, &case_of(staff, &post), "warn"));
    look(&mut hear);
    for done in [remove(staff, "post", &post), remove(staff, "post", &post), put_back(staff, "post", &post)] {
        hear(done);
        look(&mut hear);
        for client in [staff, &campus.admin.client, &campus.u2.client] {
            hear(client.get("/moderation/log?limit=1"));
        }
    }
    let more = json!({ "kind": "restriction", "ends_at": "2999-01-01T00:00:00Z" });
    let given = sanction(staff, "post", &post, more).expect(201);
    let id = given.string("/id");
    hear(given);
    look(&mut hear);
    let lists = |hear: &mut dyn FnMut(madang_harness::Response)| {
        for client in [staff, &campus.admin.client, &campus.u2.client] {
            hear(client.get("/moderation/sanctions?page_size=1"));
            hear(client.get("/moderation/appeals?status=open"));
            hear(client.get("/moderation/log?limit=1"));
        }
    };
    lists(&mut hear);
    let words = json!({ "contents": "Take it back." });
    let appeal = author.client.post(&format!("/me/sanctions/{id}/appeal"), words).expect(201).string("/id");
    lists(&mut hear);
    let decision = json!({ "outcome": "overturned", "note": "Taken back." });
    hear(campus.admin.client.post(&format!("/moderation/appeals/{appeal}/decision"), decision));
    lists(&mut hear);
    look(&mut hear);
    heard
}

#[track_caller]
fn assert_told_alike(one: &[(u16, Value)], other: &[(u16, Value)]) {
    assert_eq!(one.len(), other.len());
    for (n, (left, right)) in one.iter().zip(other).enumerate() {
        assert_eq!(left, right, "answer {n}");
    }
}

on_both! {
    fn anon_5i_staff_and_members_hear_the_same_whoever_wrote_the_item(kind) {
        let world = World::empty(kind);
        let campus = &world.campus;
        // A reporter each, whose reports weigh alike.
        let reporters = ["reporter1", "reporter2", "reporter3"].map(|name| campus.student(name));
        let first = story(campus, &world.canary, &reporters[0]);
        assert_told_alike(&story(campus, &world.stand_in, &reporters[1]), &first);
        // A manager of a board and somebody with warnings already are heard of no differently.
        let managed = world.stand_in.client.post("/boards", json!({ "name": "Own", "category": "group" })).expect(201);
        assert_eq!(managed.at("/manager/id"), json!(world.stand_in.id));
        assert_told_alike(&story(campus, &world.stand_in, &reporters[2]), &first);
        assert!(first.iter().any(|(_, body)| body["author"]["label"] == "Anonymous (author)"));
        // The author alone is told, and the reporter of the verdict.
        let warned = |person: &Person| person.client.get("/me/sanctions").expect(200).at("/count");
        assert_eq!((warned(&world.canary), warned(&world.stand_in)), (json!(3), json!(6)));
        for person in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin] {
            assert_eq!(warned(person), json!(0));
        }
    }

    fn anon_5i_a_named_and_an_anonymous_item_foretell_the_same_acts(kind) {
        let world = World::new(kind);
        let named = world.campus.post(&world.stand_in, "By name");
        for (reader, client) in world.others().into_iter().filter(|(name, _)| !["visitor", "stranger"].contains(name)) {
            let acts = |post: &str| {
                let item = client.get(&format!("/posts/{post}")).expect(200);
                ["report", "remove"].map(|act| (item.at(&format!("/can/{act}")), item.at(&format!("/cannot/{act}"))))
            };
            assert_eq!(acts(&world.posts[0]), acts(&named), "{reader}");
        }
    }

    fn anon_5i_no_table_ties_a_sanction_or_a_case_to_the_writer(kind) {
        let world = World::new(kind);
        let cells = madang_testkit::look::dump(&world.campus.server.database_url());
        let id = world.canary.id.replace('-', "");
        for cell in cells.iter().filter(|cell| ["sanctions", "appeals", "moderation_cases", "reports", "moderation_log"].contains(&cell.table.as_str())) {
            assert!(!cell.value.replace('-', "").contains(&id), "{}.{}", cell.table, cell.column);
        }
        assert!(cells.iter().any(|cell| cell.table == "sanctions" && cell.column == "number"));
        assert!(cells.iter().any(|cell| cell.table == "appeals"));
        assert_eq!(world.canary.client.get("/me/sanctions").expect(200).at("/count"), json!(2));
    }
}
