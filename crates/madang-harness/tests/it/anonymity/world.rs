//! A campus on which somebody writes anonymously.

use crate::media::{Part, picture, send};
use crate::moderation::{case_of, decide, remove, report};
use image::ImageEncoder;
use image::codecs::jpeg::JpegEncoder;
use madang_domain::ctx::Clock;
use madang_harness::{Campus, Client, Config, Kind, Person, Server};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::ops::Deref;
use std::time::Duration;

/// Links of pictures change every half hour; nothing else does by itself. A world begins where they have just changed.
fn begin_a_window(server: &Server) {
    const WINDOW: u64 = 30 * 60;
    let passed = server.clock().now().timestamp().unsigned_abs() % WINDOW;
    server.clock().advance(Duration::from_secs(WINDOW - passed));
}

/// A photograph whose metadata names the canary.
pub(super) fn signed_photo(seed: u8) -> Vec<u8> {
    const ARTIST: [u8; 2] = [0x3b, 0x01];
    let name = b"canarybird of School A\0";
    // A TIFF of one directory of one entry, whose text follows it.
    let mut exif = b"II*\0\x08\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&ARTIST);
    exif.extend_from_slice(&[2, 0, u8::try_from(name.len()).unwrap(), 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend_from_slice(name);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif).unwrap();
    picture(64, 48, seed).write_with_encoder(encoder).unwrap();
    assert!(bytes.windows(6).any(|window| window == b"canary"));
    bytes
}

/// An upload of such a photograph; its id.
pub(super) fn upload_signed(person: &Person, purpose: &str, seed: u8) -> String {
    let photo = signed_photo(seed);
    let file = Part("file", Some(("canarybird-holiday.jpg", "image/jpeg")), &photo);
    send(&person.client, &[file, Part("purpose", None, purpose.as_bytes())]).expect(201).string("/id")
}

/// The campus with the canary, whose every item is anonymous.
pub(super) struct World {
    pub(super) campus: Campus,
    /// Who writes. Every name and address holds the word "canary", which stands nowhere else.
    pub(super) canary: Person,
    /// Who could have written as well, and has done nothing.
    pub(super) stand_in: Person,
    /// The canary's profile picture.
    pub(super) face: String,
    pub(super) items: Items,
}

/// What was written.
#[derive(Default)]
pub(super) struct Items {
    /// The threads.
    pub(super) posts: Vec<String>,
    /// Their comments.
    pub(super) comments: Vec<String>,
    /// What the canary has deleted.
    pub(super) deleted: Vec<String>,
    /// Message threads with the canary on one side, as the author and as the opener.
    pub(super) threads: Vec<String>,
    /// What staff have of it: reported, judged, removed.
    pub(super) cases: Vec<String>,
    /// The picture in the canary's first post.
    pub(super) picture: String,
}

impl Deref for World {
    type Target = Items;

    fn deref(&self) -> &Items {
        &self.items
    }
}

impl World {
    /// A campus without any item.
    pub(super) fn empty(kind: Kind) -> Self {
        let config = Config::default()
            .with("posts.view_flush_seconds", 0.05)
            .with("posts.refuse_duplicate", false)
            .with("comments.replies_inline", 2)
            .with("jobs.interval_seconds", 1);
        let server = Server::start(kind, config);
        begin_a_window(&server);
        let campus = Campus::on(server);
        let (canary, stand_in) = (campus.student("canarybird"), campus.student("substitute"));
        let face = upload_signed(&canary, "profile", 1);
        canary.client.patch("/me", json!({ "image_upload_id": face })).expect(200);
        Self { campus, canary, stand_in, face, items: Items::default() }
    }

    /// A campus with threads in which the canary takes part.
    pub(super) fn new(kind: Kind) -> Self {
        let mut world = Self::empty(kind);
        world.items = world.furnish();
        world
    }

    /// Everybody but the canary and the one who could be it.
    pub(super) fn others(&self) -> Vec<(&'static str, &Client)> {
        let campus = &self.campus;
        vec![
            ("visitor", &campus.v),
            ("guest", &campus.g.client),
            ("one", &campus.u1.client),
            ("two", &campus.u2.client),
            ("stranger", &campus.u3.client),
            ("moderator", &campus.moderator.client),
            ("admin", &campus.admin.client),
        ]
    }

    /// Reports an anonymous post and a comment, of which one case is decided by a warning, and removes another comment, against
    /// which its author appeals; the cases.
    fn moderate(&self, post: &str, comment: &str, removed: &str) -> Vec<String> {
        let campus = &self.campus;
        let staff = &campus.moderator.client;
        for (person, kind, id) in
            [(&campus.u1, "post", post), (&campus.u2, "post", post), (&campus.u1, "comment", comment)]
        {
            report(person, kind, id, "abuse").expect(201);
        }
        decide(staff, &case_of(staff, comment), "warn").expect(200);
        remove(staff, "comment", removed).expect(201);
        let warning = self.canary.client.get("/me/sanctions").expect(200).string("/results/0/id");
        let words = json!({ "contents": "That was a quote." });
        self.canary.client.post(&format!("/me/sanctions/{warning}/appeal"), words).expect(201);
        [post, comment].map(|id| case_of(staff, id)["id"].as_str().unwrap().to_owned()).to_vec()
    }

    /// Writes threads of every kind.
    pub(super) fn furnish(&self) -> Items {
        let (u1, u2, canary) = (&self.campus.u1, &self.campus.u2, &self.canary);
        let items = RefCell::new(Items::default());
        let post = |author: &Person, board: &str, more: Value| {
            let mut body =
                json!({ "title": "A title", "contents": "An anonymous text #tag", "is_anonymous": true });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            author.client.post(&format!("/boards/{board}/posts"), body).expect(201).string("/id")
        };
        let comment = |author: &Person, post: &str, parent: Option<&str>, anonymous: bool| {
            let contents = if anonymous { "An anonymous text" } else { "A named text" };
            let body = json!({ "contents": contents, "parent_id": parent, "is_anonymous": anonymous });
            let id = author.client.post(&format!("/posts/{post}/comments"), body).expect(201).string("/id");
            items.borrow_mut().comments.push(id.clone());
            id
        };
        let delete = |path: &str, id: &str| {
            canary.client.delete(&format!("/{path}/{id}")).expect(204);
            items.borrow_mut().deleted.push(id.to_owned());
        };
        let open = &self.campus.open_board;
        let picture = upload_signed(canary, "post", 2);
        let own = post(canary, open, json!({ "images": [{ "upload_id": picture, "caption": "A view" }] }));
        let question = post(canary, &self.campus.closed_board, json!({ "is_question": true }));
        let named = self.campus.post(u2, "Lunch");
        for thread in [&own, &question, &named] {
            let first = comment(u1, thread, None, true);
            let second = comment(canary, thread, None, true);
            comment(u2, thread, None, false);
            for _ in 0..2 {
                comment(canary, thread, Some(&first), true);
                comment(u2, thread, Some(&second), true);
                comment(canary, thread, Some(&second), true);
            }
            let gone = comment(canary, thread, None, true);
            comment(u1, thread, Some(&gone), false);
            delete("comments", &gone);
        }
        delete("comments", &comment(canary, &named, None, true));
        delete("posts", &post(canary, open, json!({})));
        u1.client.call("POST", &format!("/posts/{own}/likes")).send().expect(201);
        u2.client.put(&format!("/posts/{own}/scrap")).expect(204);
        let removed = comment(canary, &question, None, true);
        let items = items.into_inner();
        let write = |person: &Person, kind: &str, id: &str| {
            crate::messages::open(person, kind, id, "An anonymous text").expect(201).string("/id")
        };
        let threads = vec![
            write(u2, "post", &own),
            write(u1, "comment", &items.comments[1]),
            write(canary, "comment", &items.comments[0]),
        ];
        for thread in &threads {
            crate::messages::send(canary, thread, "An anonymous text").expect(201);
        }
        let cases = self.moderate(&own, &items.comments[1], &removed);
        Items { posts: vec![own, question, named], cases, threads, picture, ..items }
    }
}
