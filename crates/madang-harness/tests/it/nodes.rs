//! Two nodes on one PostgreSQL: what one has answered holds at the other. And what holds when the database is gone.

use madang_harness::person::{PASSWORD, REFRESH_COOKIE, refresh};
use madang_harness::{Campus, Config, Kind, Server};
use madang_testkit::Cluster;
use serde_json::json;
use std::time::{Duration, Instant};

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

#[test]
fn s_29_without_its_database_a_server_lets_nobody_in_and_comes_back_with_it() {
    if !Kind::Postgres.is_here() {
        return;
    }
    let cluster = Cluster::own().unwrap();
    let campus = Campus::on(Server::on_database(&cluster.url("postgres"), Config::default()));
    let post = format!("/posts/{}", campus.post(&campus.u1, "Kept"));

    cluster.stop();
    for _ in 0..5 {
        for path in ["/me", "/posts", &post] {
            let answer = campus.u1.client.get(path).refused(503, "service_unavailable");
            assert!(answer.header("retry-after").unwrap().parse::<u32>().unwrap() >= 1);
        }
    }
    let body = json!({ "title": "Lost", "contents": "Words." });
    let refused = campus.u1.client.post(&format!("/boards/{}/posts", campus.open_board), body);
    refused.refused(503, "service_unavailable");
    campus.v.get("//livez").expect(200);
    campus.v.get("//readyz").expect(503);

    cluster.start();
    let begun = Instant::now();
    while campus.u1.client.get(&post).status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(5), "not back in time");
        std::thread::sleep(Duration::from_millis(50));
    }
    campus.v.get("//readyz").expect(200);
}
