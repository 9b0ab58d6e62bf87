//! Two nodes on one PostgreSQL: what one has answered holds at the other.

use madang_harness::person::{PASSWORD, REFRESH_COOKIE, refresh};
use madang_harness::{Campus, Kind};
use serde_json::json;

#[test]
fn s_25_what_one_node_ends_is_ended_at_the_other() {
    if !Kind::Postgres.is_here() {
        return;
    }
    let campus = Campus::open(Kind::Postgres);
    let other = campus.server.node();
    let there = |client: &madang_harness::Client| client.at(other.address());

    let device = campus.u1.log_in();
    let at_other = there(&device.client);
    at_other.get("/me").expect(200);
    device.client.call("POST", "/auth/logout").from_script().send().expect(204);
    at_other.get("/me").refused(401, "session_revoked");

    let id = campus.post(&campus.u1, "Seen from both");
    assert_eq!(
        there(&campus.u2.client).get(&format!("/posts/{id}")).expect(200).at("/title"),
        "Seen from both"
    );

    let parent = campus.u2.refresh_value();
    campus.u2.refresh().expect(200);
    let tab = there(&campus.v);
    tab.cookies().keep(REFRESH_COOKIE, parent);
    refresh(&tab).expect(200);
    assert_eq!(tab.cookies().value(REFRESH_COOKIE), Some(campus.u2.refresh_value().as_str()));

    let new = format!("{PASSWORD}-2");
    let change = json!({ "current_password": PASSWORD, "new_password": new });
    campus.u2.client.post("/me/password", change).expect(200);
    let login = json!({ "username": campus.u2.username, "password": PASSWORD });
    there(&campus.v).post("/auth/login", login).refused(401, "invalid_credentials");
    madang_harness::campus::set_role(&campus.admin, &campus.moderator, "student");
    there(&campus.moderator.client).get("/admin/boards").refused(403, "forbidden");
}

#[test]
fn a_cursor_of_one_node_is_good_at_the_other() {
    if !Kind::Postgres.is_here() {
        return;
    }
    let campus = Campus::open(Kind::Postgres);
    let other = campus.server.node();
    let older = campus.post(&campus.u1, "Older");
    campus.post(&campus.u1, "Newer");
    let page = campus.u2.client.get(&format!("/boards/{}/posts?limit=1", campus.open_board)).expect(200);
    let next = page.string("/next");
    let rest = campus.u2.client.at(other.address()).get(&next).expect(200);
    assert_eq!(rest.at("/results/0/id"), json!(older));
}
