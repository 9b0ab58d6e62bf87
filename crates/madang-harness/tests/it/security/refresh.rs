//! S-16 to S-23: refresh tokens.

use crate::on_both;
use madang_harness::person::{PASSWORD, REFRESH_COOKIE, refresh, refresh_with};
use madang_harness::{Campus, Config, Kind, Server};
use serde_json::{Value, json};
use std::time::Duration;

#[test]
fn s_16_a_refresh_gives_new_tokens() {
    let campus = Campus::open(Kind::Sqlite);
    let old = (campus.u1.refresh_value(), campus.u1.client.token().unwrap().to_owned());
    let answer = campus.u1.refresh().expect(200);
    assert_eq!(answer.at("/refresh_token"), json!(null));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let new = (campus.u1.refresh_value(), answer.string("/access_token"));
    assert_ne!(old.0, new.0);
    assert_ne!(old.1, new.1);
    campus.v.with_token(new.1).get("/me").expect(200);
}

on_both! {
    fn s_17_a_parent_gets_its_successor_within_the_grace_and_ends_the_family_after_it(kind) {
        let campus = Campus::open(kind);
        let parent = campus.u1.refresh_value();
        campus.u1.refresh().expect(200);
        let successor = campus.u1.refresh_value();

        let again = campus.v.other_device();
        again.cookies().keep(REFRESH_COOKIE, parent);
        refresh(&again).expect(200);
        assert_eq!(again.cookies().value(REFRESH_COOKIE), Some(successor.as_str()));
        campus.u1.refresh().expect(200);

        campus.server.clock().advance(Duration::from_secs(11));
        let newest = campus.u1.refresh_value();
        let answer = refresh_with(&campus.v, &successor).refused(401, "refresh_invalid");
        assert!(answer.all("set-cookie").any(|cookie| cookie.starts_with(&format!("{REFRESH_COOKIE}=;"))));
        refresh_with(&campus.v, &newest).refused(401, "refresh_invalid");
        campus.u1.client.get("/me").refused(401, "session_revoked");
    }
}

#[test]
fn s_18_a_replay_ends_one_device_only() {
    let campus = Campus::open(Kind::Sqlite);
    let other = campus.u1.log_in();
    let stolen = campus.u1.refresh_value();
    campus.u1.refresh().expect(200);
    campus.server.clock().advance(Duration::from_secs(11));
    refresh_with(&campus.v, &stolen).refused(401, "refresh_invalid");
    campus.u1.refresh().refused(401, "refresh_invalid");
    other.refresh().expect(200);
}

#[test]
fn s_19_a_kept_refresh_secret_serves_until_it_is_removed() {
    let campus = Campus::open(Kind::Sqlite);
    let late = campus.u1.log_in();
    let file = campus.server.data_dir().join("keys.json");
    let mut keys: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    keys["refresh"][0]["state"] = json!("kept");
    let secret = "c2Vjb25kLXNlY3JldC1vZi10aGlydHktdHdvLWJ5dGU";
    keys["refresh"].as_array_mut().unwrap().push(json!({ "id": 2, "secret": secret, "state": "active" }));
    std::fs::write(&file, keys.to_string()).unwrap();
    campus.server.reload_keys();
    campus.u1.refresh().expect(200);

    keys["refresh"].as_array_mut().unwrap().remove(0);
    std::fs::write(&file, keys.to_string()).unwrap();
    campus.server.reload_keys();
    campus.u1.refresh().expect(200);
    late.refresh().refused(401, "refresh_invalid");
}

#[test]
fn s_20_after_a_password_change_or_logout_all_old_cookies_are_dead_and_cleared() {
    let campus = Campus::open(Kind::Sqlite);
    let change = json!({ "current_password": PASSWORD, "new_password": format!("{PASSWORD}-2") });
    let other = campus.u1.log_in();
    campus.u1.client.post("/me/password", change).expect(200);
    let cleared = format!("{REFRESH_COOKIE}=;");
    let answer = other.refresh().refused(401, "refresh_invalid");
    assert!(answer.all("set-cookie").any(|cookie| cookie.starts_with(&cleared)));

    let old = campus.u2.refresh_value();
    campus.u2.client.call("POST", "/auth/logout-all").send().expect(204);
    let answer = refresh_with(&campus.v, &old).refused(401, "refresh_invalid");
    assert!(answer.all("set-cookie").any(|cookie| cookie.starts_with(&cleared)));
}

#[test]
fn s_21_one_cookie_of_exactly_that_name_is_read() {
    let campus = Campus::open(Kind::Sqlite);
    let value = campus.u1.refresh_value();
    let with =
        |cookie: &str| campus.v.call("POST", "/auth/refresh").from_script().header("cookie", cookie).send();
    refresh(&campus.v.other_device()).refused(401, "authentication_required");
    with(&format!("{REFRESH_COOKIE}={value}; {REFRESH_COOKIE}={value}")).refused(400, "malformed_request");
    let twice = campus.v.call("POST", "/auth/refresh").from_script();
    let one = format!("{REFRESH_COOKIE}={value}");
    twice.header("cookie", &one).header("cookie", &one).send().refused(400, "malformed_request");
    with(&format!("%5F%5FHost-madang_refresh={value}")).refused(401, "authentication_required");
    with(&format!("%5F%5FHost-madang_refresh=x; {one}")).expect(200);
}

#[test]
fn s_22_refresh_reads_no_bearer_and_everything_else_no_cookie() {
    let campus = Campus::open(Kind::Sqlite);
    let mixed = campus.u1.client.with_token(campus.u2.client.token().unwrap());
    assert_eq!(mixed.get("/me").expect(200).string("/id"), campus.u2.id);
    let answer = mixed.call("POST", "/auth/refresh").from_script().send().expect(200);
    let renewed = campus.v.with_token(answer.string("/access_token"));
    assert_eq!(renewed.get("/me").expect(200).string("/id"), campus.u1.id);
}

on_both! {
    fn s_23_a_rotation_survives_a_restart(kind) {
        let campus = Campus::open(kind);
        let old = campus.u1.refresh_value();
        campus.u1.refresh().expect(200);
        let new = campus.u1.refresh_value();
        let server = campus.server.restart();
        let client = server.client();
        let again = client.other_device();
        again.cookies().keep(REFRESH_COOKIE, old);
        refresh(&again).expect(200);
        assert_eq!(again.cookies().value(REFRESH_COOKIE), Some(new.as_str()));
        refresh_with(&client, &new).expect(200);
    }
}

on_both! {
    fn con_7_parallel_refreshes_of_one_token_get_one_successor(kind) {
        let campus = Campus::open(kind);
        let parent = campus.u1.refresh_value();
        let successors: Vec<String> = std::thread::scope(|scope| {
            let tabs: Vec<_> = (0..8)
                .map(|_| {
                    let tab = campus.v.other_device();
                    tab.cookies().keep(REFRESH_COOKIE, parent.clone());
                    scope.spawn(move || {
                        refresh(&tab).expect(200);
                        let value = tab.cookies().value(REFRESH_COOKIE).map(str::to_owned);
                        value.unwrap()
                    })
                })
                .collect();
            tabs.into_iter().map(|tab| tab.join().unwrap()).collect()
        });
        assert!(successors.iter().all(|successor| *successor == successors[0]), "{successors:?}");
        assert_ne!(successors[0], parent);
    }
}

#[test]
fn a_plain_local_server_names_its_cookie_without_the_prefix() {
    let campus = Campus::on(Server::start(Kind::Sqlite, Config::default().without("http.public_url")));
    let (client, answer) = campus.u1.try_log_in(PASSWORD);
    let answer = answer.expect(200);
    let cookie = answer.all("set-cookie").find(|cookie| cookie.starts_with("madang_refresh=")).unwrap();
    assert!(!cookie.contains("Secure") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    refresh(&client).expect(200);
}
