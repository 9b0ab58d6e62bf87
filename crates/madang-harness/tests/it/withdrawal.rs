//! Leaving, coming back, and being erased.

use crate::on_both;
use madang_harness::person::{PASSWORD, REFRESH_COOKIE, refresh_with};
use madang_harness::{Campus, Client, Config, Kind, Person, Response};
use madang_testkit::look;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const DAY: Duration = Duration::from_secs(24 * 3600);

fn withdraw(person: &Person, password: &str) -> Response {
    person.client.post("/me/withdrawal", json!({ "password": password }))
}

fn log_in(client: &Client, name: &str, password: &str) -> Response {
    client
        .other_device()
        .without_token()
        .post("/auth/login", json!({ "username": name, "password": password }))
}

fn restore(campus: &Campus, id: &str) -> Response {
    let admin = campus.admin.log_in();
    admin.client.post(&format!("/admin/users/{id}/restore"), json!({ "reason": "Asked for it in person." }))
}

/// The answer without what differs from request to request.
fn bytes(response: &Response) -> (u16, String, Vec<String>) {
    let names = response.header_names().into_iter().map(str::to_owned).collect();
    (response.status, response.text(), names)
}

fn members(campus: &Campus) -> Value {
    campus.v.get(&format!("/schools/{}", campus.a.id)).expect(200).at("/member_count")
}

fn post(person: &Person, board: &str, title: &str, anonymous: bool) -> String {
    let body = json!({ "title": title, "contents": format!("About {title}."), "is_anonymous": anonymous });
    person.client.post(&format!("/boards/{board}/posts"), body).expect(201).string("/id")
}

/// Until `done` holds; the jobs run beside the requests.
fn wait(what: &str, done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{what} in time");
        std::thread::sleep(Duration::from_millis(20));
    }
}

on_both! {
    fn acc_18_withdrawal_needs_the_password_and_is_dead_everywhere_at_once(kind) {
        let campus = Campus::open(kind);
        campus.v.post("/me/withdrawal", json!({ "password": PASSWORD })).refused(401, "authentication_required");
        withdraw(&campus.u1, "wrong").refused(403, "reauthentication_failed");
        campus.u1.client.post("/me/withdrawal", json!({})).refused_field("password", "required");
        campus.u1.client.get("/me").expect(200);
        let device = campus.u1.log_in();
        let refresh_token = device.refresh_value();
        assert_eq!(members(&campus), json!(3));

        let hashes = campus.server.password_hashes();
        let left = withdraw(&campus.u1, PASSWORD).expect(204);
        assert_eq!(campus.server.password_hashes(), hashes + 1);
        assert!(left.all("set-cookie").any(|cookie| cookie.starts_with(&format!("{REFRESH_COOKIE}=;"))));
        for client in [&campus.u1.client, &device.client] {
            client.get("/me").refused(401, "session_revoked");
            client.get("/posts").refused(401, "session_revoked");
        }
        refresh_with(&campus.v, &refresh_token).refused(401, "refresh_invalid");
        assert_eq!(members(&campus), json!(2));
        campus.u2.client.get(&format!("/users/{}", campus.u1.id)).refused(404, "not_found");

        let unknown = log_in(&campus.v, "nobody1", PASSWORD);
        for (name, password) in [
            (campus.u1.username.as_str(), PASSWORD),
            (campus.u1.username.as_str(), "wrong"),
            (campus.u1.email.as_str(), PASSWORD),
        ] {
            let hashes = campus.server.password_hashes();
            assert_eq!(bytes(&log_in(&campus.v, name, password)), bytes(&unknown), "{name}");
            assert_eq!(campus.server.password_hashes(), hashes + 1);
        }
        let seen = campus.admin.client.get(&format!("/admin/users/{}", campus.u1.id)).expect(200);
        assert_eq!(seen.at("/state"), "withdrawn");
        assert!(seen.at("/withdrawn_at").is_string());
    }
}

on_both! {
    fn acc_18_nobody_leaves_a_board_or_the_site_without_a_keeper(kind) {
        let campus = Campus::open(kind);
        let body = json!({ "name": "Chess", "category": "group" });
        let board = campus.u1.client.post("/boards", body).expect(201).string("/id");
        let refused = withdraw(&campus.u1, PASSWORD).refused(409, "manages_board");
        assert_eq!(refused.at("/board_ids"), json!([board]));
        campus.u1.client.get("/me").expect(200);
        withdraw(&campus.admin, PASSWORD).refused(409, "last_admin");
        campus.admin.client.get("/me").expect(200);
    }
}

on_both! {
    fn acc_19_named_items_stay_nameless_and_anonymous_ones_stay_as_they_were(kind) {
        let campus = Campus::open(kind);
        let named = post(&campus.u1, &campus.open_board, "Named", false);
        let anonymous = post(&campus.u1, &campus.open_board, "Hidden", true);
        let watch = |person: &Person| {
            let detail = person.client.get(&format!("/posts/{anonymous}")).expect(200);
            let list = person.client.get("/posts?title=Hidden").expect(200);
            (detail.etag(), detail.text(), list.text())
        };
        let before = (watch(&campus.u2), watch(&campus.moderator), watch(&campus.g));
        assert_eq!(campus.u2.client.get(&format!("/posts?author={}", campus.u1.id)).expect(200).at("/results/0/id"), json!(named));
        withdraw(&campus.u1, PASSWORD).expect(204);
        assert_eq!((watch(&campus.u2), watch(&campus.moderator), watch(&campus.g)), before);
        let seen = campus.u2.client.get(&format!("/posts/{named}")).expect(200);
        assert_eq!(seen.at("/author/kind"), "withdrawn");
        assert_eq!((seen.at("/author/id"), seen.at("/author/nickname")), (Value::Null, Value::Null));
        assert_eq!(seen.at("/author/label"), "Withdrawn user");
        assert!(!seen.text().contains(&campus.u1.id) && !seen.text().contains("user1"));
        let listed = campus.u2.client.get(&format!("/posts?author={}", campus.u1.id)).expect(200);
        assert_eq!(listed.at("/results"), json!([]), "who is gone is nobody to ask for");
    }
}

on_both! {
    fn acc_20_an_admin_restores_an_account_whole_within_fourteen_days(kind) {
        let campus = Campus::open(kind);
        let named = post(&campus.u1, &campus.open_board, "Named", false);
        campus.u1.client.call("PUT", &format!("/boards/{}/favourite", campus.open_board)).send().expect(204);
        let lead = campus.u1.client.post("/leads", json!({ "name": "Park", "email": "p@firm.test" })).expect(201);
        let me = campus.u1.client.get("/me").expect(200);
        let restore_path = format!("/admin/users/{}/restore", campus.u1.id);
        restore(&campus, &campus.u1.id).refused(409, "not_restorable");
        withdraw(&campus.u1, PASSWORD).expect(204);
        campus.moderator.client.post(&restore_path, json!({ "reason": "Why not" })).refused(403, "forbidden");
        campus.admin.client.post(&restore_path, json!({})).refused_field("reason", "required");
        let nobody = campus.admin.client.post("/admin/users/01890000-0000-4000-8000-000000000000/restore", json!({ "reason": "A" }));
        nobody.refused(404, "not_found");

        campus.server.clock().advance(13 * DAY);
        let restored = restore(&campus, &campus.u1.id).expect(200);
        assert_eq!((restored.at("/state"), restored.at("/withdrawn_at")), (json!("active"), Value::Null));
        assert_eq!(members(&campus), json!(3));
        campus.u1.client.get("/me").refused(401, "token_expired");
        let back = campus.u1.log_in();
        let again = back.client.get("/me").expect(200);
        for field in ["/id", "/username", "/email", "/email_verified_at", "/nickname", "/school", "/role", "/settings"] {
            assert_eq!(again.at(field), me.at(field), "{field}");
        }
        assert_eq!(back.client.get(&format!("/posts/{named}")).expect(200).at("/author/kind"), "named");
        assert_eq!(back.client.get("/me/favourites").expect(200).at("/count"), json!(1));
        assert_eq!(back.client.get(&format!("/leads/{}", lead.string("/id"))).expect(200).text(), lead.text());
        restore(&campus, &campus.u1.id).refused(409, "not_restorable");
    }
}

on_both! {
    fn acc_7_the_address_of_a_withdrawn_account_waits_for_its_purge(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let again = Person::sign_up(&campus.v, &campus.a.id, "another", campus.a.domain);
        let address = |name: &str, email: &str| {
            let mut body = madang_harness::person::sign_up_body(&campus.a.id, name, email);
            body["password"] = json!(PASSWORD);
            campus.v.other_device().post("/auth/sign-up", body)
        };
        withdraw(&campus.u1, PASSWORD).expect(204);
        address("rejoin", &campus.u1.email).expect(201);
        let token = campus.server.mailbox().secret(&campus.u1.email, 2);
        let refused = campus.v.post("/auth/email/verify", json!({ "token": token })).refused(409, "rejoin_too_soon");
        assert!(refused.at("/available_at").is_string());
        address("user1", "fresh@a.ac.test").refused_field("username", "taken");
        drop(again);

        campus.server.clock().advance(14 * DAY + Duration::from_secs(1));
        let admin = campus.admin.log_in();
        let path = format!("/admin/users/{}", campus.u1.id);
        wait("the account is erased", || admin.client.get(&path).expect(200).at("/username") != json!("user1"));
        address("user1", &campus.u1.email).expect(201);
        let token = campus.server.mailbox().secret(&campus.u1.email, 3);
        campus.v.post("/auth/email/verify", json!({ "token": token })).expect(200);
        restore(&campus, &campus.u1.id).refused(409, "not_restorable");
    }
}

on_both! {
    fn acc_21_guests_who_never_prove_an_address_are_erased_after_thirty_days(kind) {
        let campus = Campus::with(kind, Config::default().with("jobs.interval_seconds", 0.05));
        let path = format!("/admin/users/{}", campus.g.id);
        campus.server.clock().advance(29 * DAY);
        std::thread::sleep(Duration::from_millis(200));
        assert_eq!(campus.admin.log_in().client.get(&path).expect(200).at("/state"), "active");
        campus.server.clock().advance(DAY + Duration::from_secs(60));
        let admin = campus.admin.log_in();
        wait("the guest is erased", || admin.client.get(&path).expect(200).at("/state") == json!("withdrawn"));
        assert_ne!(admin.client.get(&path).expect(200).at("/username"), "guest");
        assert_eq!(admin.client.get(&format!("/admin/users/{}", campus.u1.id)).expect(200).at("/state"), "active");
        assert_eq!(members(&campus), json!(3));
        log_in(&campus.v, "guest", PASSWORD).refused(401, "invalid_credentials");
    }
}

on_both! {
    fn acc_16_a_profile_shows_a_name_and_what_may_be_done(kind) {
        let campus = Campus::open(kind);
        let path = |person: &Person| format!("/users/{}", person.id);
        let seen = campus.u1.client.get(&path(&campus.u2)).expect(200);
        let keys: Vec<_> = seen.json().as_object().unwrap().keys().cloned().collect();
        assert_eq!(keys, ["can", "cannot", "friendship", "id", "image_url", "nickname"]);
        assert_eq!((seen.at("/nickname"), seen.at("/friendship")), (json!("user2"), json!("none")));
        assert_eq!((seen.at("/can/message"), seen.at("/can/block")), (json!(true), json!(true)));
        let known = campus.u1.client.call("GET", &path(&campus.u2)).header("if-none-match", &seen.etag());
        known.send().expect(304);
        let own = campus.u1.client.get(&path(&campus.u1)).expect(200);
        assert_eq!((own.at("/can/block"), own.at("/cannot/block")), (json!(false), json!("validation_failed")));

        let settings = json!({ "settings": { "accept_friend_requests": false } });
        campus.u2.client.patch("/me", settings).expect(200);
        let closed = campus.u1.client.get(&path(&campus.u2)).expect(200);
        assert_eq!(closed.at("/cannot/request_friend"), "not_found");

        let unknown = campus.u1.client.get("/users/01890000-0000-4000-8000-000000000000");
        let unknown = unknown.refused(404, "not_found").json();
        for hidden in [&campus.u3, &campus.g] {
            let mut answer = campus.u1.client.get(&path(hidden)).refused(404, "not_found").json();
            answer["instance"] = unknown["instance"].clone();
            assert_eq!(answer, unknown);
        }
        campus.admin.client.get(&path(&campus.u3)).expect(200);
        campus.g.client.get(&path(&campus.u1)).refused(403, "email_unverified");
    }
}

#[test]
fn s_25_what_ends_a_session_on_one_node_is_seen_by_the_next_request_on_the_other() {
    if !Kind::Postgres.is_here() {
        return;
    }
    let campus = Campus::open(Kind::Postgres);
    let other = campus.server.node();
    for round in 0..100 {
        let person = campus.student(&format!("leave{round}"));
        let there = person.client.at(other.address());
        there.get("/me").expect(200);
        match round % 5 {
            0 => {
                withdraw(&person, PASSWORD).expect(204);
                there.get("/me").refused(401, "session_revoked");
                let name = person.username.as_str();
                log_in(&campus.v.at(other.address()), name, PASSWORD).refused(401, "invalid_credentials");
            }
            1 => {
                madang_harness::campus::set_role(&campus.admin, &person, "moderator");
                there.get("/admin/boards").expect(200);
                madang_harness::campus::set_role(&campus.admin, &person, "student");
                there.get("/admin/boards").refused(403, "forbidden");
            }
            2 => {
                let path = format!("/admin/users/{}/end-sessions", person.id);
                campus.admin.client.post(&path, json!({ "reason": "Lost the phone" })).expect(204);
                there.get("/me").refused(401, "session_revoked");
            }
            3 => {
                // What a ban will write: there is no route for it yet.
                let ban = format!("UPDATE users SET state = 'banned' WHERE id = '{}'", person.id);
                look::change(&campus.server.database_url(), &ban);
                there.get("/me").refused(401, "session_revoked");
                let name = person.username.as_str();
                log_in(&campus.v.at(other.address()), name, PASSWORD).refused(403, "account_disabled");
            }
            _ => {
                person.client.call("POST", "/auth/logout-all").send().expect(204);
                there.get("/me").refused(401, "session_revoked");
            }
        }
    }
}
