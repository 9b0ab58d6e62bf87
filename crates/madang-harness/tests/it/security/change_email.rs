//! S-35: another address. ACC-10, ACC-11: what it proves, and what stays.

use crate::on_both;
use madang_harness::person::{PASSWORD, Person, sign_up_body};
use madang_harness::{Campus, Config, Kind, Response};
use serde_json::{Value, json};

fn change(person: &Person, email: &str) -> Response {
    person.client.post("/me/email", json!({ "email": email, "password": PASSWORD }))
}

fn open(campus: &Campus, email: &str) -> Response {
    let token = campus.server.mailbox().secret(email, 1);
    campus.v.other_device().post("/auth/email/verify", json!({ "token": token }))
}

fn login(campus: &Campus, name: &str) -> u16 {
    let body = json!({ "username": name, "password": PASSWORD });
    campus.v.other_device().post("/auth/login", body).status
}

on_both! {
    fn s_35_the_old_address_is_told_and_stays_until_the_new_one_is_proven(kind) {
        let campus = Campus::open(kind);
        let (mailbox, u1) = (campus.server.mailbox(), &campus.u1);
        let before = u1.client.get("/me").expect(200);
        let enrolled = before.at("/enrolment_verified_at");
        let wrong = json!({ "email": "new@else.test", "password": "wrong" });
        u1.client.post("/me/email", wrong).refused(403, "reauthentication_failed");
        assert_eq!(u1.client.get("/me").at("/pending_email"), Value::Null);

        change(u1, "New@else.test").expect(202);
        let notice = mailbox.wait(&u1.email, 2).pop().unwrap();
        assert!(notice.secret().is_none(), "{notice:?}");
        let waiting = u1.client.get("/me").expect(200);
        assert_eq!((waiting.at("/email"), waiting.at("/pending_email")), (json!(u1.email), json!("New@else.test")));
        assert_eq!((login(&campus, &u1.email), login(&campus, "new@else.test")), (200, 401));

        let opened = open(&campus, "New@else.test").expect(200);
        let expected = json!({ "purpose": "change", "email_verified": true, "enrolment_verified": true });
        assert_eq!(opened.json(), expected);
        assert_eq!((login(&campus, &u1.email), login(&campus, "new@else.test")), (401, 200));
        let after = u1.client.get("/me").expect(200);
        assert_eq!((after.at("/email"), after.at("/pending_email")), (json!("New@else.test"), Value::Null));
        assert_eq!(after.at("/enrolment_verified_at"), enrolled, "acc_11: proven enrolment is kept");
        open(&campus, "New@else.test").refused(400, "link_invalid");
    }

    fn acc_10_an_address_that_proved_an_enrolment_proves_no_other(kind) {
        let campus = Campus::open(kind);
        change(&campus.u1, "private@else.test").expect(202);
        open(&campus, "private@else.test").expect(200);
        let mut body = sign_up_body(&campus.a.id, "again", &campus.u1.email);
        body["nickname"] = json!("again");
        campus.v.other_device().post("/auth/sign-up", body).expect(201);
        let token = campus.server.mailbox().secret(&campus.u1.email, 3);
        let opened = campus.v.post("/auth/email/verify", json!({ "token": token }));
        opened.refused(409, "email_in_use");
        change(&campus.u1, &campus.u1.email).expect(202);
        let token = campus.server.mailbox().secret(&campus.u1.email, 4);
        campus.v.post("/auth/email/verify", json!({ "token": token })).expect(200);
    }
}

#[test]
fn acc_4_a_change_never_tells_whether_an_address_is_known() {
    let campus = Campus::open(Kind::Sqlite);
    let mailbox = campus.server.mailbox();
    let sent = |person: &Person, email: &str| {
        let hashes = campus.server.password_hashes();
        (change(person, email).expect(202), campus.server.password_hashes() - hashes)
    };
    let fresh = sent(&campus.u1, "fresh@else.test");
    let known = sent(&campus.u1, &campus.u2.email);
    assert_eq!((fresh.0.bytes(), fresh.1), (known.0.bytes(), known.1));
    assert_eq!(fresh.1, 1);
    assert_eq!(mailbox.wait("fresh@else.test", 1).len(), 1);
    let to_holder = mailbox.wait(&campus.u2.email, 2);
    assert!(to_holder.last().unwrap().secret().is_none(), "the holder gets a notice without a link");
    assert_eq!(mailbox.wait(&campus.u1.email, 3).len(), 3, "one notice for each");
    open(&campus, "fresh@else.test").refused(400, "link_invalid");
}

#[test]
fn acc_7_two_who_want_one_address_are_settled_when_the_link_is_opened() {
    let campus = Campus::open(Kind::Sqlite);
    change(&campus.u1, "one@else.test").expect(202);
    change(&campus.u2, "ONE@else.test").expect(202);
    open(&campus, "ONE@else.test").expect(200);
    open(&campus, "one@else.test").refused(409, "email_in_use");
    assert_eq!(campus.u1.client.get("/me").at("/email"), json!(campus.u1.email));
}

#[test]
fn acc_11_ones_own_address_takes_a_waiting_change_back() {
    let campus = Campus::open(Kind::Sqlite);
    change(&campus.u1, "new@else.test").expect(202);
    campus.server.mailbox().wait("new@else.test", 1);
    let mails = campus.server.mailbox().settled(&campus.u1.email);
    change(&campus.u1, &campus.u1.email.to_uppercase()).expect(202);
    assert_eq!(campus.u1.client.get("/me").at("/pending_email"), Value::Null);
    open(&campus, "new@else.test").refused(400, "link_invalid");
    assert_eq!(campus.server.mailbox().settled(&campus.u1.email), mails);
}

#[test]
fn acc_8_a_guest_may_prove_another_address_instead() {
    let campus = Campus::open(Kind::Sqlite);
    change(&campus.g, "typo-mended@a.ac.test").expect(202);
    assert_eq!(campus.server.mailbox().settled(&campus.g.email), 1, "an unproven address is not told");
    let opened = open(&campus, "typo-mended@a.ac.test").expect(200);
    assert_eq!(opened.at("/enrolment_verified"), true);
    assert_eq!(campus.g.client.get("/me").at("/role"), "student");
    open(&campus, &campus.g.email).refused(400, "link_invalid");
}

#[test]
fn auth_15_a_wrong_password_at_a_change_counts_as_a_failed_login() {
    let campus = Campus::with(Kind::Sqlite, Config::default().with("auth.login_failures", 3));
    let wrong = json!({ "email": "new@else.test", "password": "wrong" });
    for _ in 0..3 {
        campus.u1.client.post("/me/email", wrong.clone()).refused(403, "reauthentication_failed");
    }
    change(&campus.u1, "new@else.test").refused(429, "rate_limited");
    assert_eq!(login(&campus, &campus.u1.username), 429);
}

#[test]
fn x_5_a_repeated_change_mails_once() {
    let campus = Campus::open(Kind::Sqlite);
    let body = json!({ "email": "new@else.test", "password": PASSWORD });
    let send = || {
        let call = campus.u1.client.call("POST", "/me/email").header("idempotency-key", "once");
        call.json(&body).send().expect(202)
    };
    let (first, again) = (send(), send());
    assert_eq!(first.body, again.body);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    campus.server.mailbox().wait("new@else.test", 1);
    assert_eq!(campus.server.mailbox().settled("new@else.test"), 1);
    // Another body is told before its password is looked at.
    let other = json!({ "email": "new@else.test", "password": "wrong" });
    let call = campus.u1.client.call("POST", "/me/email").header("idempotency-key", "once");
    call.json(&other).send().refused(422, "idempotency_key_reused");
}

#[test]
fn acc_9_manual_approval_makes_a_student_and_taking_it_back_a_guest() {
    let campus = Campus::open(Kind::Sqlite);
    let admin = &campus.admin.client;
    let members = || admin.get(&format!("/schools/{}", campus.a.id)).expect(200).at("/member_count");
    let path = format!("/admin/schools/{}", campus.a.id);
    let etag = admin.get(&path).expect(200).etag();
    let open = json!({ "domains_only": false });
    admin.call("PATCH", &path).if_match(&etag).json(&open).send().expect(200);
    let stranger =
        Person::sign_up(&campus.v, &campus.a.id, "stranger", "else.test").verify(campus.server.mailbox());
    let write = || {
        let body = json!({ "title": "First", "contents": "Words." });
        stranger.client.post(&format!("/boards/{}/posts", campus.open_board), body)
    };
    write().refused(403, "enrolment_unverified");
    let before = members();
    let user = format!("/admin/users/{}", stranger.id);
    let set = |verified: bool| {
        let etag = admin.get(&user).expect(200).etag();
        let body = json!({ "enrolment_verified": verified });
        admin.call("PATCH", &user).if_match(&etag).json(&body).send().expect(200)
    };
    set(true);
    write().expect(201);
    assert_eq!(members().as_i64().unwrap(), before.as_i64().unwrap() + 1);
    set(false);
    write().refused(403, "enrolment_unverified");
    assert_eq!(members(), before);
}
