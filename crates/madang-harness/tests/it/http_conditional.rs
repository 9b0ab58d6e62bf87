//! Entity tags: answers that are known already, and changes of what has changed meanwhile.

use madang_harness::{Campus, Kind};
use serde_json::json;

#[test]
fn a_known_representation_is_not_sent_again() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/posts/{}", campus.post(&campus.u1, "Known"));
    let tag = campus.u2.client.get(&path).expect(200).etag();
    assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
    let ask = |tags: &str| campus.u2.client.call("GET", &path).header("if-none-match", tags).send();
    for tags in [tag.as_str(), "*", &format!("W/{tag}"), &format!("\"other\", {tag}")] {
        let known = ask(tags).expect(304);
        assert!(known.body.is_empty());
        assert_eq!(known.header("etag"), Some(tag.as_str()));
        assert_eq!(known.header("cache-control"), Some("private, no-cache"));
    }
    ask("\"other\"").expect(200);
    // The author sees another representation, and so does another language where labels are spoken.
    assert_ne!(campus.u1.client.get(&path).etag(), tag);
    // Whoever may not see it is not told that it is known.
    campus.v.call("GET", &path).header("if-none-match", &tag).send().refused(401, "authentication_required");
    campus.u3.client.call("GET", &path).header("if-none-match", "*").send().refused(404, "not_found");
}

#[test]
fn a_compressed_representation_has_a_tag_of_its_own_that_still_works() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/posts/{}", campus.post(&campus.u1, "Packed"));
    let plain = campus.u1.client.get(&path).expect(200).etag();
    let packed = campus.u1.client.call("GET", &path).header("accept-encoding", "gzip").send().expect(200);
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    let packed = packed.etag();
    assert_ne!(packed, plain);
    campus
        .u1
        .client
        .call("GET", &path)
        .header("accept-encoding", "gzip")
        .header("if-none-match", &packed)
        .send()
        .expect(304);
    let change = json!({ "contents": "Packed no more." });
    campus.u1.client.call("PATCH", &path).if_match(&packed).json(&change).send().expect(200);
}

#[test]
fn if_match_guards_changes_and_deletions() {
    let campus = Campus::open(Kind::Sqlite);
    let u1 = &campus.u1.client;
    let path = format!("/posts/{}", campus.post(&campus.u1, "Guarded"));
    let first = u1.get(&path).expect(200).etag();
    let patch = |tag: &str, text: &str| {
        u1.call("PATCH", &path).if_match(tag).json(&json!({ "contents": text })).send()
    };
    let changed = patch(&first, "Second state.").expect(200);
    let second = changed.etag();
    assert_ne!(first, second);
    assert_eq!(u1.get(&path).etag(), second, "the answer of a change carries the tag of the new state");
    patch(&first, "Lost update.").refused(412, "precondition_failed");
    patch(&format!("W/{second}"), "Weak.").refused(412, "precondition_failed");
    patch("nonsense", "Nonsense.").refused(412, "precondition_failed");
    assert_eq!(u1.get(&path).etag(), second);
    patch(&format!("\"other\", {second}"), "Third state.").expect(200);
    patch("*", "Fourth state.").expect(200);
    u1.call("DELETE", &path).if_match(&second).send().refused(412, "precondition_failed");
    let last = u1.get(&path).etag();
    u1.call("DELETE", &path).if_match(&last).send().expect(204);
    u1.call("DELETE", &path).if_match(&last).send().refused(404, "not_found");
}

#[test]
fn created_things_come_with_their_place_and_tag() {
    let campus = Campus::open(Kind::Sqlite);
    let body = json!({ "title": "Made", "contents": "Just now." });
    let made = campus.u1.client.post(&format!("/boards/{}/posts", campus.open_board), body).expect(201);
    let place = made.header("location").unwrap().to_owned();
    assert_eq!(place, format!("https://madang.test/api/v1/posts/{}", made.string("/id")));
    let found = campus.u1.client.get(&place).expect(200);
    assert_eq!(found.etag(), made.etag());
    assert_eq!(found.json(), made.json());
}

#[test]
fn staff_changes_need_the_tag_after_everything_that_hides_the_item() {
    let campus = Campus::open(Kind::Sqlite);
    let (admin, path) = (&campus.admin.client, format!("/admin/schools/{}", campus.b.id));
    let change = json!({ "is_open": false });
    admin.patch(&path, change.clone()).refused(428, "precondition_required");
    admin.delete(&path).refused(428, "precondition_required");
    campus.u1.client.patch(&path, change.clone()).refused(403, "forbidden");
    let nowhere = "/admin/schools/01890000-0000-7000-8000-000000000000";
    admin.patch(nowhere, change.clone()).refused(404, "not_found");
    admin.patch(&path, json!({ "bogus": 1 })).refused_field("bogus", "unknown_field");
    admin.call("PATCH", &path).if_match("\"old\"").json(&change).send().refused(412, "precondition_failed");
    let tag = admin.get(&path).expect(200).etag();
    let changed = admin.call("PATCH", &path).if_match(&tag).json(&change).send().expect(200);
    assert_eq!(changed.at("/is_open"), false);
    assert_eq!(admin.get(&path).etag(), changed.etag());
}

#[test]
fn what_has_no_representation_is_not_compared() {
    let campus = Campus::open(Kind::Sqlite);
    let post = campus.post(&campus.u1, "Toggled");
    let toggles = [format!("/posts/{post}/scrap"), format!("/posts/{post}/mute")];
    for path in toggles.into_iter().chain([format!("/boards/{}/favourite", campus.open_board)]) {
        for method in ["PUT", "DELETE"] {
            campus.u2.client.call(method, &path).if_match("\"stale\"").send().expect(204);
        }
    }
}
