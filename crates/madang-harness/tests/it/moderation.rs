//! What staff do about what members write: removals, reports, cases, warnings.

mod appeals;
mod cases;
mod flags;
mod notices;
mod removals;
mod reports;
mod reveals;
mod sanctions;

use madang_harness::campus::set_role;
use madang_harness::{Campus, Client, Person, Response};
use serde_json::{Value, json};

pub(crate) use sanctions::sanction;

/// Removes an item as staff.
pub(crate) fn remove(staff: &Client, kind: &str, id: &str) -> Response {
    let body = json!({ "target_type": kind, "target_id": id, "rule": "abuse", "reason": "Nobody is insulted here." });
    staff.post("/moderation/removals", body)
}

/// Takes a removal back as staff.
pub(crate) fn put_back(staff: &Client, kind: &str, id: &str) -> Response {
    staff.post(
        "/moderation/restorations",
        json!({ "target_type": kind, "target_id": id, "reason": "A mistake." }),
    )
}

/// Reports something.
pub(crate) fn report(person: &Person, kind: &str, id: &str, reason: &str) -> Response {
    person.client.post("/reports", json!({ "target_type": kind, "target_id": id, "reason": reason }))
}

/// The case of a target, as staff see it.
pub(crate) fn case_of(staff: &Client, target: &str) -> Value {
    let page = staff.get("/moderation/cases?page_size=100").expect(200);
    let cases = page.at("/results");
    let found = cases.as_array().unwrap().iter().find(|case| case["target_id"] == target);
    found.unwrap_or_else(|| panic!("no case of {target} in {cases}")).clone()
}

/// Decides a case.
pub(crate) fn decide(staff: &Client, case: &Value, outcome: &str) -> Response {
    let path = format!("/moderation/cases/{}/decision", case["id"].as_str().unwrap());
    staff.post(&path, json!({ "outcome": outcome, "rule": "abuse", "note": "Seen and judged." }))
}

/// A new anonymous post; its id.
fn anonymous_post(campus: &Campus, author: &Person, contents: &str) -> String {
    let body = json!({ "title": "Unsaid", "contents": contents, "is_anonymous": true });
    author.client.post(&format!("/boards/{}/posts", campus.open_board), body).expect(201).string("/id")
}

/// A new anonymous comment; its id.
fn anonymous_comment(author: &Person, post: &str, contents: &str) -> String {
    let body = json!({ "contents": contents, "is_anonymous": true });
    author.client.post(&format!("/posts/{post}/comments"), body).expect(201).string("/id")
}

/// Another moderator of school A.
fn second_moderator(campus: &Campus) -> Person {
    let person = campus.student("warden2");
    set_role(&campus.admin, &person, "moderator");
    person
}

/// Makes `person` the manager of the open board.
fn seat(campus: &Campus, person: &Person) {
    let path = format!("/admin/boards/{}", campus.open_board);
    let change = campus.admin.client.call("PATCH", &path).if_match("*");
    change.json(&json!({ "manager_id": person.id })).send().expect(200);
}
