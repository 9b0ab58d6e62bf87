//! What may stand in a post, when it counts as changed, and where its text is found.

use crate::media::upload;
use crate::on_both;
use madang_harness::campus::board;
use madang_harness::{Campus, Config, Person, Response};
use serde_json::{Value, json};
use std::time::Duration;
use unicode_normalization::UnicodeNormalization;

fn write(person: &Person, board: &str, body: Value) -> Response {
    person.client.post(&format!("/boards/{board}/posts"), body)
}

fn read(person: &Person, post: &str) -> Response {
    person.client.get(&format!("/posts/{post}")).expect(200)
}

fn titles(person: &Person, path: &str) -> Vec<String> {
    let list = person.client.get(path).expect(200).at("/results");
    list.as_array()
        .unwrap()
        .iter()
        .map(|post| post["title"].as_str().unwrap_or_default().to_owned())
        .collect()
}

on_both! {
    fn post_1_bad_texts_are_refused_by_field_and_store_nothing(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Before");
        let before = read(&campus.u1, &post);
        let long = "가".repeat(201);
        for (field, text, code) in [
            ("title", "", "blank"),
            ("title", " \u{3000}", "blank"),
            ("title", "a\0", "invalid"),
            ("title", "a\u{7f}b", "invalid"),
            ("title", &long, "max_length"),
            ("contents", "", "blank"),
            ("contents", "\n\t \n", "blank"),
            ("contents", "a\rb", "invalid"),
            ("contents", "a\u{1b}[31m", "invalid"),
            ("contents", "a\u{85}", "invalid"),
            ("contents", &"가".repeat(20_001), "max_length"),
        ] {
            let mut body = json!({ "title": "A title", "contents": "A text" });
            body[field] = json!(text);
            write(&campus.u1, &campus.open_board, body).refused_field(field, code);
            let change = campus.u1.client.patch(&format!("/posts/{post}"), json!({ field: text }));
            change.refused_field(field, code);
        }
        write(&campus.u1, &campus.open_board, json!({ "title": "No text" })).refused_field("contents", "required");
        let strict = board(&campus.admin, &campus.a, json!({ "name": "Strict", "title_required": true }));
        write(&campus.u1, &strict, json!({ "contents": "Untitled." })).refused_field("title", "required");
        write(&campus.u1, &strict, json!({ "title": " ", "contents": "Untitled." })).refused_field("title", "blank");
        assert_eq!(titles(&campus.u1, "/posts"), ["Before"]);
        assert_eq!(read(&campus.u1, &post).json(), before.json());
    }

    fn post_1_texts_are_kept_in_nfc_and_else_as_written(kind) {
        let campus = Campus::open(kind);
        let composed = "한글".repeat(100);
        let decomposed: String = composed.nfd().collect();
        assert_eq!(decomposed.chars().count(), 600);
        let contents = format!(" \tCafe\u{301} {}\n", "글".repeat(20_000 - 8));
        let body = json!({ "title": decomposed, "contents": contents });
        let made = write(&campus.u1, &campus.open_board, body).expect(201);
        let expected: String = contents.nfc().collect();
        assert_eq!(expected.chars().count(), 20_000, "the limits count characters after NFC");
        for seen in [&made, &read(&campus.u2, &made.string("/id"))] {
            assert_eq!((seen.string("/title"), seen.string("/contents")), (composed.clone(), expected.clone()));
        }
        let spaced = json!({ "title": " Two  spaces ", "contents": "a\n\tb  c " });
        let made = write(&campus.u1, &campus.open_board, spaced.clone()).expect(201);
        assert_eq!((&made.at("/title"), &made.at("/contents")), (&spaced["title"], &spaced["contents"]));
    }

    fn post_1_lists_cut_the_text_to_300_characters(kind) {
        let campus = Campus::open(kind);
        let (whole, cut) = ("🌸".repeat(300), format!("{}다", "가".repeat(300)));
        for contents in [&whole, &cut] {
            write(&campus.u1, &campus.open_board, json!({ "title": "Long", "contents": contents })).expect(201);
        }
        for path in ["/posts".to_owned(), format!("/boards/{}/posts", campus.open_board), "/me/posts".to_owned()] {
            let list = campus.u1.client.get(&path).expect(200);
            let item = |n: usize| (list.string(&format!("/results/{n}/contents")), list.at(&format!("/results/{n}/contents_truncated")));
            assert_eq!(item(1), (whole.clone(), json!(false)), "{path}");
            assert_eq!(item(0), ("가".repeat(300), json!(true)), "{path}");
        }
        let id = campus.u1.client.get("/posts").expect(200).string("/results/0/id");
        assert_eq!(read(&campus.u2, &id).string("/contents"), cut);
    }
}

on_both! {
    fn post_3_the_latest_text_counts_as_it_was_edited(kind) {
        let campus = Campus::open(kind);
        let far = board(&campus.admin, &campus.b, json!({ "name": "Far" }));
        for is_anonymous in [false, true] {
            let body = |contents: &str| json!({ "title": "T", "contents": contents, "is_anonymous": is_anonymous });
            let post = |contents: &str| write(&campus.u1, &campus.open_board, body(contents));
            let edit = |id: &str, contents: &str| {
                let edited = campus.u1.client.patch(&format!("/posts/{id}"), json!({ "contents": contents }));
                edited.expect(200);
            };
            let first = post("orig").expect(201).string("/id");
            edit(&first, "edited");
            post("Edited ").refused(409, "duplicate_text");
            let second = post("orig").expect(201).string("/id");
            // What is not the latest changes nothing, even where it says the same.
            edit(&first, "orig");
            edit(&first, "third");
            post("orig").refused(409, "duplicate_text");
            let title = json!({ "title": "Another" });
            campus.u1.client.patch(&format!("/posts/{second}"), title).expect(200);
            post("third").expect(201);
            // Somebody else's posts, and those in another school, are others.
            let own = write(&campus.u2, &campus.open_board, body("third")).expect(201).string("/id");
            campus.u2.client.patch(&format!("/posts/{own}"), json!({ "contents": "fourth" })).expect(200);
            post("third").refused(409, "duplicate_text");
            let near = write(&campus.admin, &campus.open_board, body("near")).expect(201).string("/id");
            let contents = if is_anonymous { "far too" } else { "far" };
            write(&campus.admin, &far, json!({ "contents": contents })).expect(201);
            campus.admin.client.patch(&format!("/posts/{near}"), json!({ "contents": "nearer" })).expect(200);
            write(&campus.admin, &campus.open_board, body("nearer")).refused(409, "duplicate_text");
            write(&campus.admin, &far, json!({ "contents": contents })).refused(409, "duplicate_text");
        }
    }

    fn post_4_what_never_changes_is_read_only(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Fixed");
        let path = format!("/posts/{post}");
        let before = read(&campus.u1, &post);
        for field in ["author", "author_id", "board", "is_anonymous", "is_question"] {
            campus.u1.client.patch(&path, json!({ "contents": "New", field: true })).refused_field(field, "read_only");
        }
        assert_eq!(read(&campus.u1, &post).text(), before.text());
    }
}

on_both! {
    fn post_7_only_a_change_of_what_is_said_moves_updated_at(kind) {
        let config = Config::default().with("posts.hot_likes", 1).with("posts.view_flush_seconds", 0.05);
        let campus = Campus::with(kind, config);
        let flags = json!({ "name": "Mild", "likes_cancellable": true });
        let mild = board(&campus.admin, &campus.a, flags);
        let image = upload(&campus.u1, 1);
        let body = json!({ "title": "Same", "contents": "As it was. #tag", "images": [{ "upload_id": image, "caption": "Here" }] });
        let post = write(&campus.u1, &mild, body).expect(201).string("/id");
        let path = format!("/posts/{post}");
        let first = read(&campus.u1, &post);
        assert_eq!(first.at("/updated_at"), first.at("/created_at"));

        campus.server.clock().advance(Duration::from_secs(5));
        let (u1, u2) = (&campus.u1.client, &campus.u2.client);
        let same = |what: &str| assert_eq!(read(&campus.u1, &post).at("/updated_at"), first.at("/created_at"), "{what}");
        for nothing in [
            json!({}),
            json!({ "title": "Same" }),
            json!({ "contents": "As it was. #tag" }),
            json!({ "images": [{ "upload_id": image, "caption": "Here" }] }),
            json!({ "title": "Same", "contents": "As it was. #tag", "comments_locked": false }),
        ] {
            let etag = u1.get(&path).expect(200).etag();
            let answer = u1.patch(&path, nothing.clone()).expect(200);
            assert_eq!((answer.etag(), answer.at("/updated_at")), (etag, first.at("/updated_at")), "{nothing}");
        }
        u1.patch(&path, json!({ "comments_locked": true })).expect(200);
        same("pausing comments");
        u1.patch(&path, json!({ "comments_locked": false })).expect(200);
        let comment = campus.comment(&campus.u2, &post, "An answer");
        u2.delete(&format!("/comments/{comment}")).expect(204);
        same("a comment");
        u2.put(&format!("{path}/scrap")).expect(204);
        u2.put(&format!("{path}/mute")).expect(204);
        u2.call("POST", &format!("{path}/likes")).send().expect(201);
        assert!(read(&campus.u1, &post).at("/hot_at").is_string());
        same("a like that made it hot");
        u1.delete(&path).expect(204);
        u1.post(&format!("/me/trash/{post}/restore"), json!({})).expect(200);
        same("a restore");
        campus.u1.client.patch("/me", json!({ "nickname": "othername" })).expect(200);
        same("a new name");

        let mut last = first.string("/updated_at");
        for change in [
            json!({ "title": null }),
            json!({ "title": "Other" }),
            json!({ "contents": "As it is now." }),
            json!({ "images": [{ "upload_id": image }] }),
            json!({ "images": [] }),
        ] {
            campus.server.clock().advance(Duration::from_secs(1));
            let changed = u1.patch(&path, change.clone()).expect(200);
            assert!(changed.string("/updated_at") > last, "{change}");
            assert_eq!(changed.at("/created_at"), first.at("/created_at"));
            last = changed.string("/updated_at");
        }
    }
}

on_both! {
    fn post_13_a_board_that_is_not_searchable_is_found_in_its_own_list_alone(kind) {
        let campus = Campus::open(kind);
        let flags = json!({ "name": "Quiet", "searchable": false, "allow_anonymous": true });
        let quiet = board(&campus.admin, &campus.a, flags);
        for (board, title, anonymous) in [(&quiet, "Quiet words", false), (&quiet, "Quiet mask", true), (&campus.open_board, "Open words", false)] {
            let body = json!({ "title": title, "contents": format!("{title} of treasure #gold"), "is_anonymous": anonymous });
            write(&campus.u1, board, body).expect(201);
        }
        let all = ["Open words", "Quiet mask", "Quiet words"];
        assert_eq!(titles(&campus.u2, "/posts"), all, "without a text nothing is left out");
        assert_eq!(titles(&campus.u2, &format!("/posts?board={quiet}")), all[1..]);
        for (query, inside) in [
            ("search=treasure", &all[1..]),
            ("search=gold", &all[1..]),
            ("title__icontains=WORDS", &all[2..]),
            ("contents__contains=treasure", &all[1..]),
            ("hashtag=gold", &all[1..]),
        ] {
            // Its author and staff find as little as anybody.
            for person in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin] {
                assert_eq!(titles(person, &format!("/posts?{query}")), all[..1], "{query}");
                assert_eq!(titles(person, &format!("/posts?{query}&board={quiet}")), [""; 0], "{query}");
                assert_eq!(titles(person, &format!("/boards/{quiet}/posts?{query}")), *inside, "{query}");
            }
        }
        assert_eq!(titles(&campus.u1, "/me/posts?search=treasure"), all);
        // The switch applies at once, both ways.
        let path = format!("/admin/boards/{quiet}");
        let etag = campus.admin.client.get(&path).expect(200).etag();
        campus.admin.client.call("PATCH", &path).if_match(&etag).json(&json!({ "searchable": true })).send().expect(200);
        assert_eq!(titles(&campus.u2, "/posts?search=treasure"), all);
    }
}

on_both! {
    fn post_14_refused_words_are_refused_on_their_field(kind) {
        let campus = Campus::with(kind, Config::default().with("moderation.refused_words", vec!["Voldemort", "욕설"]));
        let post = campus.post(&campus.u1, "Harmless");
        let editable = board(&campus.admin, &campus.a, json!({ "name": "Editable", "comments_editable": true }));
        let other = write(&campus.u1, &editable, json!({ "contents": "Harmless." })).expect(201).string("/id");
        let comment = campus.comment(&campus.u2, &other, "Harmless");
        let (plain, named) = (upload(&campus.u1, 1), upload(&campus.u1, 2));
        let decomposed: String = "욕설".nfd().collect();
        for word in ["Voldemort", "xxVOLDEMORTxx", "ｖｏｌｄｅｍｏｒｔ", "이런 욕설이", &decomposed] {
            for anonymous in [false, true] {
                let body = |title: &str, contents: &str| json!({ "title": title, "contents": contents, "is_anonymous": anonymous });
                write(&campus.u1, &campus.open_board, body(word, "Fine")).refused_field("title", "filtered");
                write(&campus.u1, &campus.open_board, body("Fine", word)).refused_field("contents", "filtered");
                let both = write(&campus.u1, &campus.open_board, body(word, word));
                both.refused_field("title", "filtered").refused_field("contents", "filtered");
                let body = json!({ "contents": word, "is_anonymous": anonymous });
                campus.u2.client.post(&format!("/posts/{post}/comments"), body).refused_field("contents", "filtered");
            }
            let path = format!("/posts/{post}");
            campus.u1.client.patch(&path, json!({ "title": word })).refused_field("title", "filtered");
            campus.u1.client.patch(&path, json!({ "contents": word })).refused_field("contents", "filtered");
            let images = json!([{ "upload_id": plain, "caption": "Fine" }, { "upload_id": named, "caption": word }]);
            let body = json!({ "title": word, "contents": "Fine", "images": images });
            let refused = write(&campus.u1, &campus.open_board, body).refused_field("title", "filtered");
            refused.refused_field("images.1.caption", "filtered");
            let edit = json!({ "contents": word, "images": images });
            let refused = campus.u1.client.patch(&path, edit).refused_field("contents", "filtered");
            refused.refused_field("images.1.caption", "filtered");
            campus.u2.client.patch(&format!("/comments/{comment}"), json!({ "contents": word })).refused_field("contents", "filtered");
        }
        assert_eq!(read(&campus.u2, &post).at("/comment_count"), json!(0));
        assert_eq!(titles(&campus.u2, &format!("/boards/{}/posts", campus.open_board)), ["Harmless"]);
        // Parts of a word are no word.
        write(&campus.u1, &campus.open_board, json!({ "title": "Volde mort", "contents": "욕 설" })).expect(201);
    }

    fn post_14_a_word_that_is_refused_later_leaves_what_stands(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Gibberish");
        let path = format!("/posts/{post}");
        let (old, new) = (upload(&campus.u1, 1), upload(&campus.u1, 2));
        let images = |again: &str| json!([{ "upload_id": old, "caption": "gibberish" }, { "upload_id": new, "caption": again }]);
        campus.u1.client.patch(&path, json!({ "images": [images("")[0]] })).expect(200);
        let settings = json!({ "moderation.refused_words": ["gibberish"] });
        let etag = campus.admin.client.get("/admin/settings").expect(200).etag();
        let change = campus.admin.client.call("PATCH", "/admin/settings").if_match(&etag);
        change.json(&settings).send().expect(200);
        write(&campus.u2, &campus.open_board, json!({ "contents": "More gibberish" })).refused_field("contents", "filtered");
        campus.u1.client.patch(&path, json!({ "title": "Gibberish", "contents": "Sense." })).expect(200);
        let refused = campus.u1.client.patch(&path, json!({ "images": images("Gibberish") }));
        assert_eq!(refused.refused_field("images.1.caption", "filtered").problem().errors.len(), 1);
        campus.u1.client.patch(&path, json!({ "images": images("Sense") })).expect(200);
        campus.u1.client.patch(&path, json!({ "title": "gibberish!" })).refused_field("title", "filtered");
    }
}
