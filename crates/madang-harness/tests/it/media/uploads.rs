//! Uploading, and taking an upload back.

use super::{FORM, Part, photo, picture, send, try_upload, upload, written};
use crate::on_both;
use image::ImageFormat;
use madang_harness::{Campus, Config, Kind};
use serde_json::json;
use std::thread;

on_both! {
    fn med_1_an_upload_has_the_whole_shape_and_is_shown_to_its_owner_alone(kind) {
        let campus = Campus::open(kind);
        let bytes = written(&picture(900, 600, 1), ImageFormat::Png);
        let made = try_upload(&campus.u1.client, "post", &bytes).expect(201);
        let shape = made.json();
        let mut names: Vec<_> = shape.as_object().unwrap().keys().cloned().collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["bytes", "content_type", "expires_at", "height", "id", "purpose", "thumb_url", "url", "width"]
        );
        assert_eq!((&shape["purpose"], &shape["content_type"]), (&json!("post"), &json!("image/png")));
        assert_eq!((&shape["width"], &shape["height"]), (&json!(900), &json!(600)));
        assert_eq!(made.header("location").unwrap(), format!("https://madang.test/api/v1/media/{}/full", made.string("/id")));

        let full = campus.u1.client.get(&format!("/media/{}/full", made.string("/id"))).expect(200);
        assert_eq!(full.header("content-type"), Some("image/png"));
        assert_eq!(full.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(full.header("cache-control"), Some("private, no-cache"));
        assert_eq!(shape["bytes"], full.body.len());
        let thumb = campus.v.get(&made.string("/thumb_url")).expect(200);
        let sides = image::load_from_memory(&thumb.body).unwrap();
        assert_eq!((sides.width(), sides.height()), (400, 267));
        // VIS-5: nobody else, staff included.
        for other in [&campus.u2, &campus.u3, &campus.g, &campus.moderator, &campus.admin] {
            other.client.get(&format!("/media/{}/full", made.string("/id"))).refused(404, "not_found");
        }
    }
}

on_both! {
    fn med_3_an_own_upload_can_be_deleted_and_nobody_elses(kind) {
        let campus = Campus::open(kind);
        let id = upload(&campus.u1, 1);
        let path = format!("/uploads/{id}");
        for other in [&campus.u2, &campus.u3, &campus.moderator, &campus.admin, &campus.g] {
            other.client.delete(&path).refused(404, "not_found");
        }
        campus.v.delete(&path).refused(401, "authentication_required");
        campus.u1.client.delete(&path).expect(204);
        campus.u1.client.delete(&path).refused(404, "not_found");
        campus.u1.client.get(&format!("/media/{id}/full")).refused(404, "not_found");
    }
}

on_both! {
    fn med_3_unused_uploads_have_a_limit_that_uses_and_deletions_free(kind) {
        let campus = Campus::with(kind, Config::default().with("media.unattached_max", 2));
        let first = upload(&campus.u1, 1);
        let second = upload(&campus.u1, 2);
        let refused = try_upload(&campus.u1.client, "post", &photo(3)).refused(409, "limit_reached");
        assert_eq!(refused.at("/limit"), 2);
        upload(&campus.u2, 4);
        campus.u1.client.delete(&format!("/uploads/{first}")).expect(204);
        upload(&campus.u1, 5);
        crate::media::post_with(&campus.u1, &campus.open_board, "Used", &[&second]);
        upload(&campus.u1, 6);
        try_upload(&campus.u1.client, "profile", &photo(7)).refused(409, "limit_reached");
    }
}

on_both! {
    fn med_3_parallel_uploads_do_not_pass_the_limit(kind) {
        let campus = Campus::with(kind, Config::default().with("media.unattached_max", 3));
        let statuses: Vec<u16> = thread::scope(|scope| {
            let upload = |n| {
                let client = campus.u1.client.other_device();
                scope.spawn(move || try_upload(&client, "post", &photo(n)).status)
            };
            let uploads: Vec<_> = (0..8).map(upload).collect();
            uploads.into_iter().map(|upload| upload.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 3, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 5, "{statuses:?}");
    }
}

on_both! {
    fn con_11_a_repeated_upload_is_one_upload(kind) {
        let campus = Campus::open(kind);
        let repeat = |boundary: &str, seed| {
            let body = crate::media::form(&[Part("file", None, &photo(seed)), Part("purpose", None, b"post")]);
            let body = replace(&body, b"--frame", format!("--{boundary}").as_bytes());
            campus.u1.client.call("POST", "/uploads")
                .header("idempotency-key", "same")
                .body(&format!("multipart/form-data; boundary={boundary}"), body)
                .send()
        };
        let first = repeat("frame", 1).expect(201);
        // Another boundary, the same picture.
        let again = repeat("edges", 1).expect(201);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!(again.json(), first.json());
        repeat("frame", 2).refused(422, "idempotency_key_reused");
        campus.u1.client.get(&format!("/media/{}/full", first.string("/id"))).expect(200);
        // The files of the refused and repeated ones are gone: those of one picture are left.
        assert_eq!(crate::media::purge::files(&campus.server).len(), 2);
    }
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let mut out = bytes.to_vec();
    for at in 0..=out.len() - from.len() {
        if out[at..].starts_with(from) {
            out[at..at + to.len()].copy_from_slice(to);
        }
    }
    out
}

#[test]
fn uploads_are_for_students_whom_no_restriction_stops() {
    let campus = Campus::open(Kind::Sqlite);
    try_upload(&campus.v, "post", &photo(1)).refused(401, "authentication_required");
    try_upload(&campus.g.client, "post", &photo(1)).refused(403, "email_unverified");
    try_upload(&campus.moderator.client, "post", &photo(1)).expect(201);
    // Whoever may not upload is told so before the form is read, but what it says of itself comes first.
    let broken = || b"--frame\r\n".to_vec();
    campus.g.client.call("POST", "/uploads").body(FORM, broken()).send().refused(403, "email_unverified");
    for caller in [&campus.v, &campus.g.client, &campus.u1.client] {
        let upload = || caller.call("POST", "/uploads");
        upload().send().refused(415, "unsupported_media_type");
        upload().body("text/plain", "no").send().refused(415, "unsupported_media_type");
        upload().body("application/json", "{}").send().refused(415, "unsupported_media_type");
        let two = upload().body(FORM, broken()).header("content-type", "application/json").send();
        two.refused(415, "unsupported_media_type");
        // Twelve million bytes, none of which is waited for.
        let head = format!(
            "POST /api/v1/uploads HTTP/1.1\r\nhost: madang.test\r\nconnection: close\r\ncontent-type: {FORM}\r\n\
             content-length: 12000000\r\n\r\n"
        );
        let answer = String::from_utf8(caller.raw(head.as_bytes()).unwrap()).unwrap();
        assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    }
}

on_both! {
    fn x_1_how_many_uploads_there_are_is_judged_last(kind) {
        let campus = Campus::with(kind, Config::default().with("media.unattached_max", 1).with("media.max_bytes", 200_000));
        let repeat = |seed| {
            let body = crate::media::form(&[Part("file", None, &photo(seed)), Part("purpose", None, b"post")]);
            campus.u1.client.call("POST", "/uploads").header("idempotency-key", "only").body(FORM, body).send()
        };
        let first = repeat(1).expect(201);
        let u1 = &campus.u1.client;
        try_upload(u1, "post", &photo(2)).refused(409, "limit_reached");
        // a repeat adds nothing, so that there is room for it.
        let again = repeat(1).expect(201);
        assert_eq!((again.header("idempotency-replayed"), again.json()), (Some("true"), first.json()));
        repeat(2).refused(422, "idempotency_key_reused");
        u1.call("POST", "/uploads").body("text/plain", "no").send().refused(415, "unsupported_media_type");
        try_upload(u1, "post", b"just text").refused(415, "unsupported_media_type");
        try_upload(u1, "post", &vec![0xff; 200_001]).refused(413, "payload_too_large");
        try_upload(u1, "post", b"\xff\xd8\xff").refused_field("file", "invalid_image");
        try_upload(u1, "banner", &photo(2)).refused_field("purpose", "invalid_choice");
        send(u1, &[]).refused_field("file", "required");
        u1.call("POST", "/uploads").body(FORM, "--frame").send().refused(400, "malformed_request");
        assert_eq!(crate::media::purge::files(&campus.server).len(), 2);
    }
}

#[test]
fn every_fault_of_the_form_is_named() {
    let campus = Campus::open(Kind::Sqlite);
    let u1 = &campus.u1.client;
    let file = photo(1);
    let file = || Part("file", Some(("a.png", "image/png")), &file);
    let purpose = |word: &'static str| Part("purpose", None, word.as_bytes());
    send(u1, &[purpose("post")]).refused_field("file", "required");
    send(u1, &[file()]).refused_field("purpose", "required");
    send(u1, &[]).refused_field("file", "required").refused_field("purpose", "required");
    send(u1, &[file(), purpose("banner")]).refused_field("purpose", "invalid_choice");
    send(u1, &[file(), purpose("post"), Part("owner", None, b"me")]).refused_field("owner", "unknown_field");
    send(u1, &[Part("file", None, b""), purpose("post")]).refused_field("file", "invalid_image");
    send(u1, &[file(), file(), purpose("post")]).refused(400, "malformed_request");
    let whole = crate::media::form(&[file(), purpose("post")]);
    u1.call("POST", "/uploads?x=1").body(FORM, whole.clone()).send().refused(400, "unknown_parameter");
    u1.post("/uploads", json!({ "purpose": "post" })).refused(415, "unsupported_media_type");
    u1.call("POST", "/uploads")
        .body("multipart/mixed; boundary=frame", crate::media::form(&[file()]))
        .send()
        .refused(415, "unsupported_media_type");
    u1.call("POST", "/uploads")
        .body("multipart/form-data", crate::media::form(&[file()]))
        .send()
        .refused(400, "malformed_request");
    u1.call("POST", "/uploads")
        .body(FORM, &whole[..whole.len() / 2])
        .send()
        .refused(400, "malformed_request");
    assert!(crate::media::purge::files(&campus.server).is_empty());
}
