//! S-56, S-58: other people's things, and deleted ones.

use crate::on_both;
use madang_harness::{Campus, Kind};
use serde_json::json;

#[test]
fn s_56_what_is_anothers_is_forbidden_and_what_is_another_schools_is_not_there() {
    let campus = Campus::open(Kind::Sqlite);
    let post = format!("/posts/{}", campus.post(&campus.u1, "Mine"));
    let change = json!({ "title": "Yours", "contents": "Now." });
    campus.u2.client.get(&post).expect(200);
    campus.u2.client.patch(&post, change.clone()).refused(403, "forbidden");
    campus.u2.client.delete(&post).refused(403, "forbidden");
    campus.u3.client.get(&post).refused(404, "not_found");
    campus.u3.client.patch(&post, change).refused(404, "not_found");
    campus.u3.client.delete(&post).refused(404, "not_found");
    let board = format!("/boards/{}", campus.open_board);
    campus.u3.client.get(&board).refused(404, "not_found");
    campus.u3.client.get(&format!("{board}/posts")).refused(404, "not_found");
    let listed = campus.u3.client.get("/posts").expect(200);
    assert_eq!(listed.at("/results"), json!([]));
    assert_eq!(campus.u1.client.get(&post).expect(200).at("/title"), "Mine");
}

on_both! {
    fn s_58_a_deleted_post_comes_back_through_its_authors_trash_alone(kind) {
        let campus = Campus::open(kind);
        let id = campus.post(&campus.u1, "Gone soon");
        let path = format!("/posts/{id}");
        campus.u1.client.patch(&path, json!({ "status": "deleted" })).refused_at("status");
        campus.u1.client.patch(&path, json!({ "deleted_at": null })).refused_at("deleted_at");
        campus.u1.client.delete(&path).expect(204);
        campus.u1.client.delete(&path).refused(404, "not_found");
        campus.u1.client.patch(&path, json!({ "title": "Back" })).refused(404, "not_found");
        for person in [&campus.u1, &campus.u2, &campus.moderator, &campus.admin] {
            person.client.get(&path).refused(404, "not_found");
        }
        let restore = format!("/me/trash/{id}/restore");
        for person in [&campus.u2, &campus.u3, &campus.moderator, &campus.admin] {
            person.client.post(&restore, json!({})).refused(404, "not_found");
        }
        let trash = campus.u1.client.get("/me/trash").expect(200);
        assert_eq!(trash.at("/results/0/id"), json!(id));
        assert_eq!(campus.u2.client.get("/me/trash").expect(200).at("/results"), json!([]));
        campus.u1.client.call("POST", &restore).send().expect(200);
        assert_eq!(campus.u1.client.get(&path).expect(200).at("/title"), "Gone soon");
    }
}

on_both! {
    fn con_9_parallel_deletes_succeed_once(kind) {
        let campus = Campus::open(kind);
        let path = format!("/posts/{}", campus.post(&campus.u1, "Gone soon"));
        let mut answers: Vec<u16> = std::thread::scope(|scope| {
            let deletes: Vec<_> = (0..6)
                .map(|_| {
                    let (client, path) = (campus.u1.client.other_device(), path.clone());
                    scope.spawn(move || client.delete(&path).status)
                })
                .collect();
            deletes.into_iter().map(|delete| delete.join().unwrap()).collect()
        });
        answers.sort_unstable();
        assert_eq!(answers, [204, 404, 404, 404, 404, 404]);
    }
}

on_both! {
    fn con_10_parallel_patches_of_one_state_succeed_once(kind) {
        let campus = Campus::open(kind);
        let path = format!("/posts/{}", campus.post(&campus.u1, "Old"));
        let etag = campus.u1.client.get(&path).expect(200).etag();
        let mut answers: Vec<u16> = std::thread::scope(|scope| {
            let patches: Vec<_> = (0..6)
                .map(|number| {
                    let (client, path, etag) = (campus.u1.client.other_device(), path.clone(), etag.clone());
                    let body = json!({ "title": format!("New {number}") });
                    scope.spawn(move || client.call("PATCH", &path).if_match(&etag).json(&body).send().status)
                })
                .collect();
            patches.into_iter().map(|patch| patch.join().unwrap()).collect()
        });
        answers.sort_unstable();
        assert_eq!(answers, [200, 412, 412, 412, 412, 412]);
    }
}
