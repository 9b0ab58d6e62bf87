//! The boards that users keep at hand.

use super::{listed, open};
use crate::on_both;
use madang_harness::{Campus, Config};
use serde_json::{Value, json};

fn kept(campus: &Campus) -> Vec<Value> {
    let page = campus.u1.client.get("/me/favourites").expect(200);
    page.at("/results").as_array().unwrap().iter().map(|row| row["id"].clone()).collect()
}

on_both! {
    fn brd_8_favourites_are_idempotent_and_in_the_own_order(kind) {
        let campus = Campus::open(kind);
        let (open_board, closed) = (campus.open_board.as_str(), campus.closed_board.as_str());
        let client = &campus.u1.client;
        for id in [open_board, closed, open_board] {
            client.put(&format!("/boards/{id}/favourite")).expect(204);
        }
        assert_eq!(kept(&campus), [json!(open_board), json!(closed)]);
        assert_eq!(listed(&campus.u1, "?is_favourite=true"), ["Closed", "Open"]);
        assert_eq!(client.get(&format!("/boards/{closed}")).expect(200).at("/is_favourite"), json!(true));
        assert_eq!(campus.u2.client.get("/me/favourites").expect(200).at("/count"), json!(0));

        let order = |ids: Value| client.call("PUT", "/me/favourites").json(&json!({ "board_ids": ids })).send();
        order(json!([closed, open_board])).expect(204);
        assert_eq!(kept(&campus), [json!(closed), json!(open_board)]);
        for wrong in [json!([]), json!([closed]), json!([closed, open_board, closed]), json!([closed, campus.a.id])] {
            order(wrong).refused_field("board_ids", "mismatch");
        }
        order(json!(["nonsense", closed])).refused_field("board_ids.0", "invalid");
        client.call("PUT", "/me/favourites").json(&json!({})).send().refused_field("board_ids", "required");
        for _ in 0..2 {
            client.delete(&format!("/boards/{closed}/favourite")).expect(204);
        }
        assert_eq!(kept(&campus), [json!(open_board)]);
        campus.g.client.get("/me/favourites").expect(200);
        campus.g.client.put(&format!("/boards/{open_board}/favourite")).refused(403, "email_unverified");
    }
}

on_both! {
    fn brd_8_favourites_have_a_limit(kind) {
        let campus = Campus::with(kind, Config::default().with("boards.favourites_max", 2));
        let third = open(&campus.u1, "Third").expect(201).string("/id");
        let put = |id: &str| campus.u1.client.put(&format!("/boards/{id}/favourite"));
        put(&campus.open_board).expect(204);
        put(&third).expect(204);
        assert_eq!(put(&campus.closed_board).refused(409, "limit_reached").at("/limit"), json!(2));
        put(&third).expect(204);
    }
}
