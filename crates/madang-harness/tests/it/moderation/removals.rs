//! Removing and restoring as staff.

use super::{anonymous_comment, anonymous_post, put_back, remove, seat};
use crate::media::{post_with, upload};
use crate::on_both;
use madang_harness::campus::board;
use madang_harness::{Campus, Person};
use serde_json::{Value, json};

fn trash(person: &Person) -> usize {
    person.client.get("/me/trash").expect(200).at("/results").as_array().unwrap().len()
}

fn warnings(person: &Person) -> Vec<Value> {
    person.client.get("/me/sanctions").expect(200).at("/results").as_array().unwrap().clone()
}

fn item(campus: &Campus, kind: &str, id: &str) -> Value {
    campus.moderator.client.get(&format!("/moderation/items/{kind}/{id}")).expect(200).json()
}

on_both! {
    fn del_3_a_removed_post_is_gone_with_all_under_it_and_returns_with_it(kind) {
        let campus = Campus::open(kind);
        let image = upload(&campus.u1, 1);
        let post = post_with(&campus.u1, &campus.open_board, "Improper words", &[&image]);
        let comment = campus.comment(&campus.u2, &post, "Under it");
        campus.u2.client.call("POST", &format!("/posts/{post}/likes")).send().expect(201);
        campus.u2.client.put(&format!("/posts/{post}/scrap")).expect(204);
        let path = format!("/posts/{post}");
        let before = campus.u2.client.get(&path).expect(200).json();
        let board_posts = || campus.u2.client.get(&format!("/boards/{}", campus.open_board)).expect(200).at("/post_count");
        let found = || campus.u2.client.get("/posts?search=improper").expect(200).at("/results").as_array().unwrap().len();
        assert_eq!((board_posts(), found()), (json!(1), 1));

        let entry = remove(&campus.moderator.client, "post", &post).expect(201);
        assert_eq!((entry.string("/action"), entry.string("/rule")), ("post_removed".to_owned(), "abuse".to_owned()));
        assert_eq!(entry.at("/actor/id"), json!(campus.moderator.id));
        assert_eq!((board_posts(), found()), (json!(0), 0));
        for person in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin] {
            for gone in [path.clone(), format!("{path}/comments"), format!("/comments/{comment}"), format!("/media/{image}/full")] {
                person.client.get(&gone).refused(404, "not_found");
            }
            assert_eq!(person.client.get("/me/scraps").expect(200).at("/results"), json!([]));
        }
        // Undone by staff alone (SAN-1).
        assert_eq!(trash(&campus.u1), 0);
        campus.u1.client.delete(&path).refused(404, "not_found");
        campus.u1.client.post(&format!("/me/trash/{post}/restore"), json!({})).refused(404, "not_found");
        remove(&campus.moderator.client, "post", &post).refused(409, "already_decided");

        let entry = put_back(&campus.moderator.client, "post", &post).expect(201);
        assert_eq!(entry.string("/action"), "post_restored");
        assert_eq!((board_posts(), found()), (json!(1), 1));
        let after = campus.u2.client.get(&path).expect(200).json();
        for field in ["title", "contents", "like_count", "comment_count", "scrap_count", "liked", "scrapped", "updated_at"] {
            assert_eq!(after[field], before[field], "{field}");
        }
        campus.u2.client.get(&format!("/comments/{comment}")).expect(200);
        put_back(&campus.moderator.client, "post", &post).refused(409, "not_restorable");
    }

    fn cmt_3_a_removed_comment_with_replies_is_a_placeholder(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Talk");
        let parent = anonymous_comment(&campus.u2, &post, "Rude");
        let reply = json!({ "contents": "Answer", "parent_id": parent });
        let reply = campus.u1.client.post(&format!("/posts/{post}/comments"), reply).expect(201).string("/id");
        let counts = || {
            let comments = campus.u1.client.get(&format!("/posts/{post}")).expect(200).at("/comment_count");
            let top = campus.u1.client.get(&format!("/posts/{post}/comments")).expect(200).at("/results");
            (comments, top)
        };
        remove(&campus.moderator.client, "comment", &parent).expect(201);
        let (comments, top) = counts();
        assert_eq!(comments, json!(1));
        let placeholder = &top[0];
        assert_eq!((&placeholder["state"], &placeholder["contents"], &placeholder["author"]), (&json!("removed"), &Value::Null, &Value::Null));
        assert_eq!((&placeholder["is_mine"], &placeholder["replies"][0]["id"]), (&json!(false), &json!(reply)));
        campus.u2.client.delete(&format!("/comments/{parent}")).refused(404, "not_found");

        remove(&campus.moderator.client, "comment", &reply).expect(201);
        assert_eq!(counts(), (json!(0), json!([])));
        put_back(&campus.moderator.client, "comment", &reply).expect(201);
        put_back(&campus.moderator.client, "comment", &parent).expect(201);
        let (comments, top) = counts();
        assert_eq!((comments, &top[0]["state"], &top[0]["reply_count"]), (json!(2), &json!("live"), &json!(1)));
        assert_eq!(top[0]["author"]["label"], "Anonymous 1");
    }

    fn cnt_2_deleting_and_removing_count_once_whatever_comes_first(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Twice gone");
        let board_posts = || campus.u2.client.get(&format!("/boards/{}", campus.open_board)).expect(200).at("/post_count");
        campus.u1.client.delete(&format!("/posts/{post}")).expect(204);
        remove(&campus.moderator.client, "post", &post).expect(201);
        assert_eq!(board_posts(), json!(0));
        // It is out of the author's trash while staff have it removed, and back in it afterwards.
        assert_eq!(trash(&campus.u1), 0);
        put_back(&campus.moderator.client, "post", &post).expect(201);
        assert_eq!((board_posts(), trash(&campus.u1)), (json!(0), 1));
        campus.u2.client.get(&format!("/posts/{post}")).refused(404, "not_found");
        campus.u1.client.post(&format!("/me/trash/{post}/restore"), json!({})).expect(200);
        assert_eq!(board_posts(), json!(1));
        campus.u2.client.get(&format!("/posts/{post}")).expect(200);
        assert_eq!(campus.u2.client.get("/posts?search=twice").expect(200).at("/results/0/id"), json!(post));
    }

    fn cmt_7_nothing_is_restored_into_what_is_gone(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Container");
        let comment = campus.comment(&campus.u2, &post, "Inside");
        remove(&campus.moderator.client, "comment", &comment).expect(201);
        campus.u1.client.delete(&format!("/posts/{post}")).expect(204);
        put_back(&campus.moderator.client, "comment", &comment).refused(409, "not_restorable");
        let seen = item(&campus, "comment", &comment);
        assert_eq!((&seen["can"]["restore"], &seen["cannot"]["restore"]), (&json!(false), &json!("not_restorable")));
        campus.u1.client.post(&format!("/me/trash/{post}/restore"), json!({})).expect(200);
        put_back(&campus.moderator.client, "comment", &comment).expect(201);
    }
}

on_both! {
    fn brd_4_who_may_remove(kind) {
        let campus = Campus::open(kind);
        let manager = campus.student("manager");
        seat(&campus, &manager);
        let other = campus.u1.client.post("/boards", json!({ "name": "Mine", "category": "group" })).expect(201).string("/id");
        let open = campus.post(&campus.u2, "In the open board");
        let foreign = campus.u2.client.post(&format!("/boards/{other}/posts"), json!({ "contents": "Elsewhere." })).expect(201).string("/id");

        let can = |person: &Person, post: &str| {
            let post = person.client.get(&format!("/posts/{post}")).expect(200);
            (post.at("/can/remove"), post.at("/cannot/remove"))
        };
        let yes = (json!(true), Value::Null);
        let no = |code: &str| (json!(false), json!(code));
        assert_eq!(can(&campus.student("plain"), &open), no("forbidden"));
        assert_eq!(can(&campus.u1, &open), no("forbidden"), "the manager of another board");
        assert_eq!(can(&campus.g, &open), no("email_unverified"));
        for person in [&manager, &campus.moderator, &campus.admin] {
            assert_eq!(can(person, &open), yes);
        }
        remove(&campus.u2.client, "post", &open).refused(403, "forbidden");
        remove(&campus.u1.client, "post", &open).refused(403, "forbidden");
        remove(&manager.client, "post", &foreign).refused(403, "forbidden");
        remove(&campus.u3.client, "post", &open).refused(403, "forbidden");
        remove(&campus.g.client, "post", &open).refused(403, "email_unverified");
        campus.v.post("/moderation/removals", json!({})).refused(401, "authentication_required");
        remove(&manager.client, "post", &open).expect(201);
        remove(&campus.u1.client, "post", &foreign).expect(201);
        // Of what is gone only its own staff hear.
        remove(&campus.u1.client, "post", &open).refused(404, "not_found");
        campus.u2.client.get(&format!("/moderation/items/post/{open}")).refused(403, "forbidden");
        put_back(&manager.client, "post", &open).expect(201);

        // Nobody removes what is their own (RPT-6).
        let own = campus.post(&campus.moderator, "By staff");
        assert_eq!(can(&campus.moderator, &own), no("conflict_of_interest"));
        remove(&campus.moderator.client, "post", &own).refused(403, "conflict_of_interest");
        // Nor, unless an admin, what other staff wrote by name (SAN-2); of an anonymous item nobody knows that.
        assert_eq!(can(&manager, &own), no("conflict_of_interest"));
        assert_eq!(can(&campus.admin, &own), yes);
        remove(&manager.client, "post", &own).refused(403, "conflict_of_interest");
        let comment = campus.comment(&campus.moderator, &open, "By staff");
        let seen = manager.client.get(&format!("/comments/{comment}")).expect(200);
        assert_eq!(seen.at("/cannot/remove"), json!("conflict_of_interest"));
        remove(&manager.client, "comment", &comment).refused(403, "conflict_of_interest");
        let unnamed = anonymous_post(&campus, &campus.moderator, "By anybody");
        remove(&manager.client, "post", &unnamed).expect(201);
        remove(&campus.admin.client, "post", &own).expect(201);
        for client in [&campus.moderator.client, &manager.client] {
            put_back(client, "post", &own).refused(403, "conflict_of_interest");
        }
    }

    fn vis_7_staff_of_another_school_reach_nothing(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "At A");
        let warden = campus.u3.client.clone();
        madang_harness::campus::set_role(&campus.admin, &campus.u3, "moderator");
        remove(&warden, "post", &post).refused(404, "not_found");
        warden.get(&format!("/moderation/items/post/{post}")).refused(404, "not_found");
        remove(&campus.moderator.client, "post", &post).expect(201);
        put_back(&warden, "post", &post).refused(404, "not_found");
        put_back(&campus.admin.client, "post", &post).expect(201);
    }

    fn vis_6_staff_see_what_is_gone_only_among_items(kind) {
        let campus = Campus::open(kind);
        let post = anonymous_post(&campus, &campus.u1, "Deleted soon");
        campus.u1.client.delete(&format!("/posts/{post}")).expect(204);
        campus.moderator.client.get(&format!("/posts/{post}")).refused(404, "not_found");
        let seen = item(&campus, "post", &post);
        assert_eq!((&seen["item_state"], &seen["deleted_by"], &seen["contents"]), (&json!("deleted"), &json!("author"), &json!("Deleted soon")));
        assert_eq!((&seen["author"]["kind"], &seen["author"]["id"], &seen["author"]["label"]), (&json!("anonymous"), &Value::Null, &json!("Anonymous (author)")));
        assert_eq!(seen["can"], json!({ "remove": true, "restore": false, "sanction": true }));
        remove(&campus.moderator.client, "post", &post).expect(201);
        assert_eq!(item(&campus, "post", &post)["deleted_by"], "staff");
        for nothing in ["post/00000000-0000-7000-8000-000000000000", "review/00000000-0000-7000-8000-000000000000", "tree/00000000-0000-7000-8000-000000000000", "post/x"] {
            campus.moderator.client.get(&format!("/moderation/items/{nothing}")).refused(404, "not_found");
        }
    }

    fn x_1_bad_removals_are_named_and_remove_nothing(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Stays");
        let path = "/moderation/removals";
        let staff = &campus.moderator.client;
        let all = staff.post(path, json!({ "target_type": "tree", "target_id": "x", "rule": "taste", "reason": "" }));
        all.refused_field("target_type", "invalid_choice").refused_field("target_id", "invalid")
            .refused_field("rule", "invalid_choice").refused_field("reason", "blank");
        for kind in ["user", "message", "board"] {
            remove(staff, kind, &post).refused_field("target_type", "invalid_choice");
        }
        put_back(staff, "user", &post).refused_field("target_type", "invalid_choice");
        remove(staff, "comment", &post).refused(404, "not_found");
        remove(staff, "review", &post).refused(404, "not_found");
        let long = json!({ "target_type": "post", "target_id": post, "rule": "spam", "reason": "x".repeat(1001) });
        staff.post(path, long).refused_field("reason", "max_length");
        campus.u2.client.get(&format!("/posts/{post}")).expect(200);
        assert!(warnings(&campus.u1).is_empty());
    }
}

on_both! {
    fn san_1_each_removal_warns_its_author_and_nobody_else(kind) {
        let campus = Campus::open(kind);
        let named = campus.post(&campus.u1, "By name");
        let hidden = anonymous_post(&campus, &campus.u1, "Without a name");
        let comment = anonymous_comment(&campus.u2, &hidden, "Neither");
        for (kind, id) in [("post", &named), ("post", &hidden), ("comment", &comment)] {
            remove(&campus.moderator.client, kind, id).expect(201);
            campus.server.clock().advance(std::time::Duration::from_secs(1));
        }
        let mine = warnings(&campus.u1);
        assert_eq!(mine.len(), 2);
        assert_eq!(mine[0]["evidence"], "Unsaid\n\nWithout a name");
        let warning = &mine[1];
        assert_eq!((&warning["kind"], &warning["scope"], &warning["rule"]), (&json!("warning"), &json!("board"), &json!("abuse")));
        assert_eq!((&warning["reason"], &warning["evidence"]), (&json!("Nobody is insulted here."), &json!("By name\n\nAbout By name.")));
        assert_eq!((&warning["subject"], &warning["issuer"], &warning["ends_at"]), (&Value::Null, &Value::Null, &Value::Null));
        assert_eq!(warning["board"]["id"], json!(campus.open_board));
        let theirs = warnings(&campus.u2);
        assert_eq!((theirs.len(), &theirs[0]["evidence"]), (1, &json!("Neither")));
        for person in [&campus.u3, &campus.moderator, &campus.admin, &campus.g] {
            assert!(warnings(person).is_empty());
        }
        // The author's own export holds them (ACC-23).
        let path = crate::exports::made(&campus.u1.client);
        let archive = campus.u1.client.get(&format!("{path}/file")).expect(200);
        let files = crate::exports::unpack(&archive.body);
        let (_, _, exported) = files.iter().find(|(name, _, _)| name.starts_with("sanctions")).unwrap();
        assert!(exported.contains("Without a name") && !exported.contains("Neither"), "{exported}");
        // A warning takes nothing away.
        campus.post(&campus.u1, "Still here");

        put_back(&campus.moderator.client, "post", &named).expect(201);
        let lifted = campus.u1.client.get("/me/sanctions?active=false").expect(200);
        assert_eq!((lifted.at("/count"), lifted.at("/results/0/evidence")), (json!(1), json!("By name\n\nAbout By name.")));
        assert_eq!(campus.u1.client.get("/me/sanctions?active=true&kind=warning").expect(200).at("/count"), json!(1));
        assert_eq!(campus.u1.client.get("/me/sanctions?kind=ban").expect(200).at("/count"), json!(0));
    }

    fn log_1_each_act_is_one_row_with_actor_target_and_reason(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Logged");
        remove(&campus.moderator.client, "post", &post).expect(201);
        put_back(&campus.admin.client, "post", &post).expect(201);
        remove(&campus.u2.client, "post", &post).refused(403, "forbidden");
        let log = campus.moderator.client.get("/moderation/log?limit=2").expect(200);
        let row = |n: usize| log.at(&format!("/results/{n}"));
        assert_eq!((&row(0)["action"], &row(1)["action"]), (&json!("post_restored"), &json!("post_removed")));
        assert_eq!((&row(1)["target_id"], &row(1)["target_type"], &row(1)["rule"]), (&json!(post), &json!("post"), &json!("abuse")));
        assert_eq!((&row(1)["actor"]["id"], &row(0)["reason"]), (&json!(campus.moderator.id), &json!("A mistake.")));
        let filtered = campus.u1.client.get("/moderation/log?action=post_removed&rule=abuse").expect(200);
        assert_eq!(filtered.at("/results").as_array().unwrap().len(), 1);
        for told in ["/results/0/actor", "/results/0/target_id", "/results/0/target_type", "/results/0/reason"] {
            assert_eq!(filtered.at(told), Value::Null, "{told}");
        }
    }

    fn brd_7_staff_restore_a_board_and_only_they(kind) {
        let campus = Campus::open(kind);
        let doomed = board(&campus.admin, &campus.a, json!({ "name": "Doomed" }));
        let post = campus.u1.client.post(&format!("/boards/{doomed}/posts"), json!({ "contents": "Inside." })).expect(201).string("/id");
        campus.u2.client.put(&format!("/boards/{doomed}/favourite")).expect(204);
        put_back(&campus.moderator.client, "board", &doomed).refused(409, "not_restorable");
        // Its manager sees it, but boards are not theirs to restore; of what they do not see they learn nothing.
        let manager = campus.student("manager");
        let seat = |id: &serde_json::Value| {
            let change = campus.admin.client.call("PATCH", &format!("/admin/boards/{doomed}")).if_match("*");
            change.json(&json!({ "manager_id": id })).send().expect(200);
        };
        seat(&json!(manager.id));
        put_back(&manager.client, "board", &doomed).refused(403, "forbidden");
        put_back(&manager.client, "board", &campus.open_board).refused(403, "forbidden");
        let foreign = board(&campus.admin, &campus.b, json!({ "name": "Foreign" }));
        put_back(&manager.client, "board", &foreign).refused(404, "not_found");
        put_back(&manager.client, "board", &campus.u1.id).refused(404, "not_found");
        campus.moderator.client.call("DELETE", &format!("/admin/boards/{doomed}")).if_match("*").send().expect(204);
        campus.u1.client.get(&format!("/posts/{post}")).refused(404, "not_found");
        put_back(&campus.u1.client, "board", &doomed).refused(403, "forbidden");
        // Not while another board has the name.
        let second = board(&campus.admin, &campus.a, json!({ "name": "doomed" }));
        put_back(&campus.moderator.client, "board", &doomed).refused(409, "not_restorable");
        campus.moderator.client.call("DELETE", &format!("/admin/boards/{second}")).if_match("*").send().expect(204);
        let entry = put_back(&campus.moderator.client, "board", &doomed).expect(201);
        assert_eq!((entry.string("/action"), entry.string("/board/id")), ("board_restored".to_owned(), doomed.clone()));
        campus.u1.client.get(&format!("/posts/{post}")).expect(200);
        assert_eq!(campus.u2.client.get("/me/favourites").expect(200).at("/results/0/id"), json!(doomed));
        assert_eq!(campus.u1.client.get(&format!("/boards/{doomed}")).expect(200).at("/post_count"), json!(1));
    }
}
