//! Images in posts, and the picture of a user.

use super::{photo, picture, post_body, post_with, try_upload, upload, written};
use crate::on_both;
use image::ImageFormat;
use madang_harness::campus::board;
use madang_harness::{Campus, Client, Config};
use serde_json::{Value, json};
use std::thread;

/// The ids and captions of a post's images.
fn images(client: &Client, post: &str) -> Vec<(String, Value)> {
    let found = client.get(&format!("/posts/{post}")).expect(200).at("/images");
    let image = |image: &Value| (image["id"].as_str().unwrap().to_owned(), image["caption"].clone());
    found.as_array().unwrap().iter().map(image).collect()
}

on_both! {
    fn med_2_order_and_captions_are_kept_and_lists_show_the_first(kind) {
        let campus = Campus::open(kind);
        let (a, b, c) = (upload(&campus.u1, 1), upload(&campus.u1, 2), upload(&campus.u1, 3));
        let wanted = json!([
            { "upload_id": b, "caption": "첫눈 오는 캠퍼스" },
            { "upload_id": a },
            { "upload_id": c, "caption": null },
        ]);
        let path = format!("/boards/{}/posts", campus.open_board);
        let made = campus.u1.client.post(&path, post_body("Snow", &wanted)).expect(201);
        let post = made.string("/id");
        let expected = vec![(b.clone(), json!("첫눈 오는 캠퍼스")), (a, Value::Null), (c, Value::Null)];
        assert_eq!(images(&campus.u2.client, &post), expected);
        let media = made.at("/images/0");
        let mut names: Vec<_> = media.as_object().unwrap().keys().cloned().collect();
        names.sort_unstable();
        assert_eq!(names, ["caption", "content_type", "height", "id", "thumb_url", "url", "width"]);
        assert_eq!((&media["width"], &media["height"]), (&json!(64), &json!(48)));
        assert_eq!(media["content_type"], "image/jpeg");

        let list = campus.u2.client.get(&path).expect(200);
        assert_eq!(list.at("/results/0/image_count"), 3);
        assert_eq!(list.at("/results/0/images"), Value::Null);
        let thumb = list.string("/results/0/thumb_url");
        assert!(thumb.contains(&format!("/media/{b}/thumb?token=")), "{thumb}");
        campus.v.get(&thumb).expect(200);
        let plain = campus.post(&campus.u1, "Plain");
        let list = campus.u2.client.get(&path).expect(200);
        assert_eq!((list.string("/results/0/id"), list.at("/results/0/image_count")), (plain, json!(0)));
        assert_eq!(list.at("/results/0/thumb_url"), Value::Null);
    }
}

on_both! {
    fn med_2_only_own_unused_uploads_for_posts_can_be_attached(kind) {
        let campus = Campus::with(kind, Config::default().with("posts.images_max", 3));
        let path = format!("/boards/{}/posts", campus.open_board);
        let try_post = |images: &[&str]| {
            let images: Vec<_> = images.iter().map(|id| json!({ "upload_id": id })).collect();
            campus.u1.client.post(&path, post_body("Refused", &json!(images)))
        };
        let (own, spare) = (upload(&campus.u1, 1), upload(&campus.u1, 2));
        let foreign = upload(&campus.u2, 3);
        let profile = try_upload(&campus.u1.client, "profile", &photo(4)).expect(201).string("/id");
        let used = upload(&campus.u1, 5);
        post_with(&campus.u1, &campus.open_board, "Used", &[&used]);
        let deleted = upload(&campus.u1, 6);
        campus.u1.client.delete(&format!("/uploads/{deleted}")).expect(204);
        let nothing = "01890000-0000-7000-8000-000000000000";
        for id in [foreign.as_str(), &profile, &used, &deleted, nothing] {
            try_post(&[&own, id]).refused_field("images.1.upload_id", "not_found");
        }
        try_post(&[&own, &spare, &own]).refused_field("images.2.upload_id", "duplicate");
        try_post(&[&own, &own, &own, &own]).refused_field("images", "too_many");
        try_post(&["nonsense"]).refused_field("images.0.upload_id", "invalid");
        let long = json!([{ "upload_id": own, "caption": "가".repeat(101) }]);
        campus.u1.client.post(&path, post_body("Long", &long)).refused_field("images.0.caption", "max_length");
        let lines = json!([{ "upload_id": own, "caption": "two\nlines" }]);
        campus.u1.client.post(&path, post_body("Lines", &lines)).refused_field("images.0.caption", "invalid");
        // All faults in one answer, and nothing was used up.
        let both = json!({ "title": "x", "contents": "x", "is_anonymous": true, "images": [{ "upload_id": nothing }] });
        let named = board(&campus.admin, &campus.a, json!({ "name": "Named", "allow_anonymous": false }));
        let both = campus.u1.client.post(&format!("/boards/{named}/posts"), both);
        both.refused_field("images.0.upload_id", "not_found").refused_field("is_anonymous", "not_allowed");
        post_with(&campus.u1, &campus.open_board, "Accepted", &[&own, &spare]);
        campus.u1.client.delete(&format!("/uploads/{own}")).refused(404, "not_found");
    }
}

on_both! {
    fn con_2_an_upload_stands_in_one_of_two_posts_written_at_once(kind) {
        let campus = Campus::open(kind);
        let id = upload(&campus.u1, 1);
        let statuses: Vec<u16> = thread::scope(|scope| {
            let write = |n: u8| {
                let client = campus.u1.client.other_device();
                let (path, body) = (format!("/boards/{}/posts", campus.open_board), post_body(&format!("Race {n}"), &json!([{ "upload_id": id }])));
                scope.spawn(move || client.post(&path, body).status)
            };
            let writers: Vec<_> = (0..6).map(write).collect();
            writers.into_iter().map(|writer| writer.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 5, "{statuses:?}");
    }
}

on_both! {
    fn med_3_a_patch_arranges_images_anew_and_what_it_drops_is_gone_at_once(kind) {
        let campus = Campus::open(kind);
        let (a, b, c) = (upload(&campus.u1, 1), upload(&campus.u1, 2), upload(&campus.u1, 3));
        let post = post_with(&campus.u1, &campus.open_board, "Album", &[&a, &b]);
        let path = format!("/posts/{post}");
        let u1 = &campus.u1.client;
        let before = u1.get(&path).expect(200);
        let patch = |images: Value| u1.patch(&path, json!({ "images": images }));
        // The same list is no change.
        let same = patch(json!([{ "upload_id": a }, { "upload_id": b }])).expect(200);
        assert_eq!(same.at("/updated_at"), before.at("/updated_at"));
        assert_eq!(same.etag(), before.etag());
        let changed = patch(json!([{ "upload_id": c }, { "upload_id": a, "caption": "Again" }])).expect(200);
        assert_ne!(changed.at("/updated_at"), before.at("/updated_at"));
        assert_eq!(images(u1, &post), [(c.clone(), Value::Null), (a.clone(), json!("Again"))]);
        campus.u2.client.get(&format!("/media/{a}/full")).expect(200);
        for viewer in [&campus.u1, &campus.u2, &campus.admin] {
            viewer.client.get(&format!("/media/{b}/full")).refused(404, "not_found");
        }
        // What was dropped is no upload any more.
        patch(json!([{ "upload_id": b }])).refused_field("images.0.upload_id", "not_found");
        u1.delete(&format!("/uploads/{b}")).refused(404, "not_found");
        // A title alone leaves the images.
        u1.patch(&path, json!({ "title": "Renamed" })).expect(200);
        assert_eq!(images(u1, &post).len(), 2);
        // Images of another post stay where they are.
        let other = post_with(&campus.u1, &campus.open_board, "Other", &[]);
        let steal = json!({ "images": [{ "upload_id": a }] });
        u1.patch(&format!("/posts/{other}"), steal).refused_field("images.0.upload_id", "not_found");
        patch(json!([])).expect(200);
        assert!(images(u1, &post).is_empty());
        u1.get(&format!("/media/{a}/full")).refused(404, "not_found");
    }
}

on_both! {
    fn med_1_a_profile_picture_is_small_and_shows_with_its_user(kind) {
        let campus = Campus::open(kind);
        let u1 = &campus.u1.client;
        assert_eq!(u1.get("/me").expect(200).at("/image_url"), Value::Null);
        let large = written(&picture(900, 700, 1), ImageFormat::Jpeg);
        let made = try_upload(u1, "profile", &large).expect(201);
        assert_eq!((made.at("/width"), made.at("/height")), (json!(512), json!(398)));
        let id = made.string("/id");
        let for_post = upload(&campus.u1, 2);
        for wrong in [&for_post, &upload(&campus.u2, 3)] {
            u1.patch("/me", json!({ "image_upload_id": wrong })).refused_field("image_upload_id", "not_found");
        }
        let me = u1.patch("/me", json!({ "image_upload_id": id })).expect(200);
        let shown = campus.v.get(&me.string("/image_url")).expect(200);
        let sides = image::load_from_memory(&shown.body).unwrap();
        assert_eq!((sides.width(), sides.height()), (512, 398));
        // Naming the present one again is no change.
        let again = u1.patch("/me", json!({ "image_upload_id": id })).expect(200);
        assert_eq!(again.at("/updated_at"), me.at("/updated_at"));

        let post = campus.post(&campus.u1, "By name");
        let author = |viewer: &Client| viewer.get(&format!("/posts/{post}")).expect(200).at("/author/image_url");
        campus.v.get(author(&campus.u2.client).as_str().unwrap()).expect(200);
        let listed = campus.u2.client.get("/posts").expect(200).string("/results/0/author/image_url");
        campus.v.get(&listed).expect(200);
        let path = format!("/media/{id}/full");
        campus.g.client.get(&path).expect(200);
        campus.admin.client.get(&path).expect(200);
        campus.u3.client.get(&path).refused(404, "not_found");

        let next = try_upload(u1, "profile", &photo(4)).expect(201).string("/id");
        u1.patch("/me", json!({ "image_upload_id": next })).expect(200);
        u1.get(&path).refused(404, "not_found");
        assert!(author(&campus.u2.client).as_str().unwrap().contains(&next));
        let gone = u1.patch("/me", json!({ "image_upload_id": null })).expect(200);
        assert_eq!(gone.at("/image_url"), Value::Null);
        u1.get(&format!("/media/{next}/full")).refused(404, "not_found");
    }
}

on_both! {
    fn anon_3_an_anonymous_author_shows_no_picture_and_its_images_tell_nothing(kind) {
        let campus = Campus::open(kind);
        let u1 = &campus.u1.client;
        let face = try_upload(u1, "profile", &photo(1)).expect(201).string("/id");
        u1.patch("/me", json!({ "image_upload_id": face })).expect(200);
        let id = upload(&campus.u1, 2);
        let mut body = post_body("Secret", &json!([{ "upload_id": id }]));
        body["is_anonymous"] = json!(true);
        let path = format!("/boards/{}/posts", campus.open_board);
        let post = u1.post(&path, body).expect(201).string("/id");
        let seen = campus.u2.client.get(&format!("/posts/{post}")).expect(200);
        assert_eq!(seen.at("/author/image_url"), Value::Null);
        let image = campus.u2.client.get(&format!("/media/{id}/full")).expect(200);
        let text = format!("{} {:?} {}", seen.text(), image.headers, image.text());
        for canary in [&campus.u1.id, &campus.u1.email, &face, "holiday"] {
            assert!(!text.contains(canary), "{canary}");
        }
        // The bytes are the same as those of another upload of the same picture, but nothing else is.
        let twin = upload(&campus.u1, 2);
        let twin = u1.get(&format!("/media/{twin}/full")).expect(200);
        assert_eq!(twin.body, image.body);
        assert_ne!(twin.etag(), image.etag());
    }
}
