//! S-24 to S-27, S-33, S-34: how sessions end.

use crate::on_both;
use madang_harness::person::{PASSWORD, REFRESH_COOKIE};
use madang_harness::{Campus, Kind};
use serde_json::json;

#[test]
fn s_24_logout_ends_the_session_at_once_and_may_be_repeated() {
    let campus = Campus::open(Kind::Sqlite);
    let device = campus.u1.log_in();
    let browser = device.client.without_token();
    let logout = || browser.call("POST", "/auth/logout").from_script();
    let answer = logout().send().expect(204);
    let cleared =
        answer.all("set-cookie").find(|cookie| cookie.starts_with(&format!("{REFRESH_COOKIE}=;"))).unwrap();
    for attribute in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cleared.contains(attribute), "{attribute} in {cleared}");
    }
    device.client.get("/me").refused(401, "session_revoked");
    logout().send().expect(204);
    device.client.get("/me").refused(401, "session_revoked");
    campus.u1.client.get("/me").expect(200);
}

#[test]
fn s_24_logout_by_bearer_alone_ends_that_session() {
    let campus = Campus::open(Kind::Sqlite);
    campus.v.with_token(campus.u1.client.token().unwrap()).call("POST", "/auth/logout").send().expect(204);
    campus.u1.client.get("/me").refused(401, "session_revoked");
    campus.u1.refresh().refused(401, "refresh_invalid");
}

on_both! {
    fn s_25_logout_ends_one_device_and_logout_all_every_one(kind) {
        let campus = Campus::open(kind);
        let (one, other) = (campus.u1.log_in(), campus.u1.log_in());
        one.client.call("POST", "/auth/logout").from_script().send().expect(204);
        one.client.get("/me").refused(401, "session_revoked");
        other.client.get("/me").expect(200);
        let answer = other.client.call("POST", "/auth/logout-all").send().expect(204);
        assert!(answer.all("set-cookie").any(|cookie| cookie.starts_with(&format!("{REFRESH_COOKIE}=;"))));
        other.client.get("/me").refused(401, "session_revoked");
        campus.u1.client.get("/me").refused(401, "session_revoked");
        campus.u2.client.get("/me").expect(200);
    }
}

#[test]
fn s_26_sessions_are_listed_and_ended_by_their_owner_alone() {
    let campus = Campus::open(Kind::Sqlite);
    let device = campus.u1.log_in();
    let page = device.client.get("/auth/sessions").expect(200);
    let list = page.at("/results");
    let list = list.as_array().unwrap();
    assert_eq!(list.len(), 2);
    let current: Vec<_> = list.iter().filter(|session| session["is_current"] == true).collect();
    assert_eq!(current.len(), 1);
    let mut fields: Vec<&str> = current[0].as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["created_at", "device_label", "expires_at", "id", "is_current", "last_used_at"]);

    let path = format!("/auth/sessions/{}", current[0]["id"].as_str().unwrap());
    campus.u2.client.delete(&path).refused(404, "not_found");
    device.client.get("/me").expect(200);
    campus.u1.client.delete(&path).expect(204);
    device.client.get("/me").refused(401, "session_revoked");
    campus.u1.client.delete(&path).refused(404, "not_found");
}

on_both! {
    fn s_27_parallel_logins_all_succeed_and_the_newest_ten_remain(kind) {
        let campus = Campus::open(kind);
        let devices: Vec<_> = std::thread::scope(|scope| {
            let logins: Vec<_> = (0..30).map(|_| scope.spawn(|| campus.u1.log_in())).collect();
            logins.into_iter().map(|login| login.join().unwrap()).collect()
        });
        let live = devices.iter().filter(|device| device.client.get("/me").status == 200).count();
        assert_eq!(live, 10);
        campus.u1.client.get("/me").refused(401, "session_revoked");
        let newest = campus.u1.log_in();
        assert_eq!(newest.client.get("/auth/sessions?page_size=100").expect(200).at("/count"), json!(10));
    }
}

#[test]
fn s_33_a_wrong_current_password_is_refused_and_counts_as_a_failed_login() {
    let campus = Campus::with(Kind::Sqlite, madang_harness::Config::default().with("auth.login_failures", 3));
    let change = json!({ "current_password": "not-the-password-9", "new_password": format!("{PASSWORD}-2") });
    for _ in 0..3 {
        campus.u1.client.post("/me/password", change.clone()).refused(403, "reauthentication_failed");
    }
    campus.u1.try_log_in("wrong-too-wrong-too").1.refused(429, "rate_limited");
}

on_both! {
    fn s_34_a_password_change_ends_every_other_session_and_tells_the_owner(kind) {
        let campus = Campus::open(kind);
        let other = campus.u1.log_in();
        let new = format!("{PASSWORD}-changed");
        let mails = campus.server.mailbox().to(&campus.u1.email).len();
        let change = json!({ "current_password": PASSWORD, "new_password": new });
        let answer = campus.u1.client.post("/me/password", change).expect(200);
        other.client.get("/me").refused(401, "session_revoked");
        campus.v.with_token(answer.string("/access_token")).get("/me").expect(200);
        campus.server.mailbox().wait(&campus.u1.email, mails + 1);
        campus.u1.try_log_in(PASSWORD).1.refused(401, "invalid_credentials");
        campus.u1.try_log_in(&new).1.expect(200);
    }
}
