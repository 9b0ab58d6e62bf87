//! Who sees a picture, by bearer or by link, and for how long.

use super::{post_body, post_with, upload};
use crate::on_both;
use madang_harness::{Campus, Kind, Person};
use madang_testkit::look;
use serde_json::json;
use std::time::Duration;

/// The link by which `person` sees the first image of `post`.
fn link(person: &Person, post: &str) -> String {
    person.client.get(&format!("/posts/{post}")).expect(200).string("/images/0/url")
}

on_both! {
    fn med_4_a_picture_is_seen_by_those_who_see_its_post_at_that_moment(kind) {
        let campus = Campus::open(kind);
        let (open, closed) = (upload(&campus.u1, 1), upload(&campus.u1, 2));
        let post = post_with(&campus.u1, &campus.open_board, "Open", &[&open]);
        post_with(&campus.u1, &campus.closed_board, "Closed", &[&closed]);
        let ask = |person: &Person, id: &str| person.client.get(&format!("/media/{id}/thumb"));
        for person in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin] {
            ask(person, &open).expect(200);
            ask(person, &closed).expect(200);
        }
        ask(&campus.g, &open).expect(200);
        ask(&campus.g, &closed).refused(403, "email_unverified");
        // VIS-7: not at another school.
        ask(&campus.u3, &open).refused(404, "not_found");
        campus.v.get(&format!("/media/{open}/full")).refused(401, "authentication_required");

        let (mine, theirs) = (link(&campus.u1, &post), link(&campus.u2, &post));
        campus.v.get(&theirs).expect(200);
        campus.u1.client.delete(&format!("/posts/{post}")).expect(204);
        for gone in [&mine, &theirs] {
            campus.v.get(gone).refused(404, "not_found");
        }
        ask(&campus.u1, &open).refused(404, "not_found");
        ask(&campus.admin, &open).refused(404, "not_found");
        // DEL-2: it comes back with its post.
        campus.u1.client.call("POST", &format!("/me/trash/{post}/restore")).send().expect(200);
        ask(&campus.u2, &open).expect(200);
        campus.v.get(&theirs).expect(200);
    }
}

/// Sets columns of a row as staff will, for which there is no route yet.
fn set(campus: &Campus, table: &str, id: &str, columns: &str) {
    let url = campus.server.database_url();
    let is_sqlite = url.starts_with("sqlite:");
    let id = if is_sqlite { format!("x'{}'", id.replace('-', "")) } else { format!("'{id}'") };
    let columns = columns.replace("$now", if is_sqlite { "1" } else { "now()" });
    look::change(&url, &format!("UPDATE {table} SET {columns} WHERE id = {id}"));
}

on_both! {
    fn med_4_a_hidden_or_removed_post_takes_its_pictures_along(kind) {
        let campus = Campus::open(kind);
        for anonymous in [false, true] {
            let id = upload(&campus.u1, 1);
            let mut body = post_body(if anonymous { "Who?" } else { "I" }, &json!([{ "upload_id": id }]));
            body["is_anonymous"] = json!(anonymous);
            let path = format!("/boards/{}/posts", campus.open_board);
            let post = campus.u1.client.post(&path, body).expect(201).string("/id");
            let (mine, theirs) = (link(&campus.u1, &post), link(&campus.u2, &post));
            let full = format!("/media/{id}/full");
            let tag = campus.u2.client.get(&full).expect(200).etag();
            let others = [&campus.u2, &campus.u3, &campus.g, &campus.moderator, &campus.admin];
            let gone_for = |people: &[&Person], links: &[&String]| {
                for person in people {
                    for variant in ["full", "thumb"] {
                        person.client.get(&format!("/media/{id}/{variant}")).refused(404, "not_found");
                    }
                    // Not even what a browser has kept is confirmed.
                    person.client.call("GET", &full).header("if-none-match", &tag).send().refused(404, "not_found");
                }
                for link in links {
                    campus.v.get(link).refused(404, "not_found");
                }
            };

            set(&campus, "posts", &post, "hidden_reason = 'spam'");
            gone_for(&others, &[&theirs]);
            let stub = campus.u2.client.get(&format!("/posts/{post}")).expect(200);
            assert_eq!((stub.at("/state"), stub.at("/images")), (json!("hidden"), json!([])));
            assert!(!stub.text().contains(&id), "{}", stub.text());
            campus.u1.client.get(&full).expect(200);
            campus.v.get(&mine).expect(200);

            set(&campus, "posts", &post, "hidden_reason = NULL");
            campus.v.get(&theirs).expect(200);
            set(&campus, "posts", &post, "removed_at = $now");
            gone_for(&others, &[&theirs, &mine]);
            gone_for(&[&campus.u1], &[]);
        }
    }
}

on_both! {
    fn med_4_a_board_that_closes_takes_its_pictures_along(kind) {
        let campus = Campus::open(kind);
        let id = upload(&campus.u1, 1);
        let post = post_with(&campus.u1, &campus.open_board, "Public", &[&id]);
        let guests = link(&campus.g, &post);
        campus.v.get(&guests).expect(200);
        // VIS-2: what guests may not read any more they may not look at.
        set(&campus, "boards", &campus.open_board, "guest_readable = FALSE");
        campus.g.client.get(&format!("/media/{id}/full")).refused(403, "email_unverified");
        campus.v.get(&guests).refused(403, "email_unverified");
        campus.u2.client.get(&format!("/media/{id}/full")).expect(200);
        set(&campus, "boards", &campus.open_board, "deleted_at = $now");
        for person in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin] {
            person.client.get(&format!("/media/{id}/full")).refused(404, "not_found");
        }
        campus.v.get(&guests).refused(404, "not_found");
    }
}

on_both! {
    fn med_4_a_link_is_one_sessions_one_variants_and_ends(kind) {
        let campus = Campus::open(kind);
        let id = upload(&campus.u1, 1);
        let post = post_with(&campus.u1, &campus.open_board, "Linked", &[&id]);
        let device = campus.u2.log_in();
        let url = link(&device, &post);
        assert_eq!(link(&device, &post), url, "equal within the window");
        assert_ne!(link(&campus.u2, &post), url, "another session has another link");
        let shown = campus.v.get(&url).expect(200);
        assert_eq!(shown.header("content-type"), Some("image/jpeg"));
        assert_eq!(shown.header("cache-control"), Some("private, no-cache"));
        device.client.get(&url).expect(200);
        campus.u1.client.get(&url).refused(404, "not_found");
        campus.v.get(&url.replace("/full?", "/thumb?")).refused(404, "not_found");
        let forged = if url.ends_with('A') { 'Q' } else { 'A' };
        campus.v.get(&format!("{}{forged}", url.get(..url.len() - 1).unwrap())).refused(404, "not_found");
        campus.v.get(&format!("/media/{id}/full?token=")).refused(404, "not_found");
        campus.u1.client.get(&format!("/media/{id}/full?token=nonsense")).refused(404, "not_found");
        campus.v.get(&format!("{url}&x=1")).refused(400, "unknown_parameter");
        campus.v.get(&format!("{url}&{}", url.split_once('?').unwrap().1)).refused(400, "malformed_request");
        for path in [format!("/media/{id}/huge"), "/media/x/full".to_owned()] {
            campus.u1.client.get(&path).refused(404, "not_found");
        }
        // Every byte of a token counts, and a link of one picture shows no other.
        let other = upload(&campus.u1, 2);
        post_with(&campus.u1, &campus.open_board, "Other", &[&other]);
        campus.v.get(&url.replace(&id, &other)).refused(404, "not_found");
        let token = url.split_once("token=").unwrap().1;
        for at in (0..token.len()).step_by(7) {
            let (before, after) = token.split_at(at);
            let flipped = if after.starts_with('B') { 'C' } else { 'B' };
            let forged: String = before.chars().chain([flipped]).chain(after.chars().skip(1)).collect();
            campus.v.get(&url.replace(token, &forged)).refused(404, "not_found");
        }
        // What was read before is known again.
        let tag = shown.etag();
        let known = campus.v.call("GET", &url).header("if-none-match", &tag).send().expect(304);
        assert!(known.body.is_empty());
        // The session ends, and the link with it, whatever the browser has kept.
        device.client.call("POST", "/auth/logout").from_script().send().expect(204);
        campus.v.get(&url).refused(404, "not_found");
        campus.v.call("GET", &url).header("if-none-match", &tag).send().refused(404, "not_found");
    }
}

#[test]
fn med_4_a_link_lives_for_up_to_an_hour() {
    let campus = Campus::open(Kind::Sqlite);
    let id = upload(&campus.u1, 1);
    let post = post_with(&campus.u1, &campus.open_board, "Short-lived", &[&id]);
    let url = link(&campus.u2, &post);
    campus.server.clock().advance(Duration::from_secs(29 * 60));
    campus.v.get(&url).expect(200);
    campus.server.clock().advance(Duration::from_secs(31 * 60));
    campus.v.get(&url).refused(404, "not_found");
    let fresh = link(&campus.u2.log_in(), &post);
    assert_ne!(fresh, url);
    campus.v.get(&fresh).expect(200);
}

#[test]
fn a_form_that_was_read_before_the_links_changed_is_still_current() {
    let campus = Campus::open(Kind::Sqlite);
    let id = upload(&campus.u1, 1);
    let post = post_with(&campus.u1, &campus.open_board, "Slow hands", &[&id]);
    let path = format!("/posts/{post}");
    let tag = campus.u1.client.get(&path).expect(200).etag();
    campus.server.clock().advance(Duration::from_secs(2 * 60 * 60));
    campus.u1.refresh().expect(200);
    let again = campus.u1.refresh().expect(200).string("/access_token");
    let u1 = campus.u1.client.with_token(again);
    assert_ne!(u1.get(&path).expect(200).etag(), tag, "the representation has other links now");
    let change = json!({ "contents": "Written for two hours." });
    u1.call("PATCH", &path).if_match(&tag).json(&change).send().expect(200);
    u1.call("PATCH", &path).if_match(&tag).json(&change).send().refused(412, "precondition_failed");
}

#[test]
fn a_picture_costs_liveness_and_two_statements() {
    use madang_harness::{Config, Server};
    let config = Config::default().with("auth.liveness", "database");
    let campus = Campus::on(Server::counting(Kind::Sqlite, config));
    let id = upload(&campus.u1, 1);
    let post = post_with(&campus.u1, &campus.open_board, "Counted", &[&id]);
    let url = link(&campus.u2, &post);
    campus.server.take_statements();
    campus.v.get(&url).expect(200);
    let units: Vec<_> = campus.server.take_statements();
    let unit =
        units.iter().find(|unit| unit.first().is_some_and(|first| first.contains("sessions"))).unwrap();
    assert!(unit.len() <= 3, "{unit:#?}");
}
