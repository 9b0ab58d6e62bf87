//! S-41 for passwords: what a forgotten one takes, what a reset ends, and what nobody learns by it.

use crate::on_both;
use madang_harness::person::{PASSWORD, Person, refresh_with};
use madang_harness::{Campus, Client, Config, Kind, Response};
use serde_json::json;
use std::time::Duration;

const NEW: &str = "quiet-Lantern-orbit-92";

fn forgot(client: &Client, email: &str) -> Response {
    client.other_device().post("/auth/password/forgot", json!({ "email": email }))
}

fn reset(client: &Client, token: &str, password: &str) -> Response {
    let body = json!({ "token": token, "new_password": password });
    client.other_device().post("/auth/password/reset", body)
}

/// The newest link mailed to `person` after `known` mails.
fn link(campus: &Campus, person: &Person) -> String {
    let mailbox = campus.server.mailbox();
    let known = mailbox.to(&person.email).len();
    forgot(&campus.v, &person.email).expect(202);
    mailbox.secret(&person.email, known + 1)
}

on_both! {
    fn auth_14_forgot_answers_the_same_bytes_to_everybody_and_hashes_nothing(kind) {
        let campus = Campus::open(kind);
        let mailbox = campus.server.mailbox();
        let hashes = campus.server.password_hashes();
        let before = mailbox.settled(&campus.u1.email);
        let known = forgot(&campus.v, &campus.u1.email).expect(202);
        let spelled = format!(" {} ", campus.u2.email.to_uppercase());
        for email in ["nobody@a.ac.test", &campus.g.email, &campus.u1.email, &spelled, "x@elsewhere.test"] {
            assert_eq!(forgot(&campus.v, email).bytes(), known.bytes(), "{email}");
        }
        assert_eq!(campus.server.password_hashes(), hashes);
        mailbox.wait(&campus.u1.email, before + 2);
        mailbox.wait(&campus.u2.email, 2);
        assert_eq!(mailbox.settled("nobody@a.ac.test"), 0);
        assert_eq!(mailbox.settled(&campus.g.email), 1, "an unproven address may be a stranger's");
    }

    fn auth_14_forgot_answers_the_same_with_mail_broken(kind) {
        let campus = Campus::open(kind);
        let working = forgot(&campus.v, &campus.u1.email);
        campus.server.mailbox().wait(&campus.u1.email, 2);
        let directory = campus.server.data_dir().join("mail");
        std::fs::rename(&directory, directory.with_extension("gone")).unwrap();
        std::fs::write(&directory, "no directory").unwrap();
        for email in [&campus.u1.email, "nobody@a.ac.test"] {
            assert_eq!(forgot(&campus.v, email).bytes(), working.bytes(), "{email}");
        }
    }
}

#[test]
fn auth_14_one_address_gets_no_more_mails_than_the_limit_and_nobody_is_told() {
    let campus = Campus::with(Kind::Sqlite, Config::default().with("limits.mail_per_hour", 2));
    let mailbox = campus.server.mailbox();
    let first = forgot(&campus.v, &campus.u1.email);
    for _ in 0..4 {
        assert_eq!(forgot(&campus.v, &campus.u1.email).bytes(), first.bytes());
    }
    assert_eq!(mailbox.settled(&campus.u1.email), 3, "the verification, and two");
    let newest = mailbox.secret(&campus.u1.email, 3);
    reset(&campus.v, &newest, NEW).expect(204);
    campus.server.clock().advance(Duration::from_secs(3601));
    forgot(&campus.v, &campus.u1.email).expect(202);
    mailbox.wait(&campus.u1.email, 5);
}

on_both! {
    fn auth_13_a_reset_ends_all_sessions_and_tells_the_owner(kind) {
        let campus = Campus::open(kind);
        let other = campus.u1.log_in();
        let cookie = other.refresh_value();
        let token = link(&campus, &campus.u1);
        let hashes = campus.server.password_hashes();
        reset(&campus.v, &token, NEW).expect(204);
        assert_eq!(campus.server.password_hashes(), hashes + 1);
        for client in [&campus.u1.client, &other.client] {
            client.get("/me").refused(401, "session_revoked");
        }
        refresh_with(&campus.v, &cookie).refused(401, "refresh_invalid");
        campus.u1.try_log_in(PASSWORD).1.refused(401, "invalid_credentials");
        campus.u1.try_log_in(NEW).1.expect(200);
        let mails = campus.server.mailbox().wait(&campus.u1.email, 3);
        assert!(mails.last().unwrap().secret().is_none(), "a notice without a link");
        let stored = campus.server.password_hash_of(&campus.u1.id);
        assert!(stored.starts_with("$2"), "{stored}");
    }

    fn s_41_a_reset_link_used_twice_at_once_succeeds_once(kind) {
        let campus = Campus::open(kind);
        let token = link(&campus, &campus.u1);
        let mut answers: Vec<u16> = std::thread::scope(|scope| {
            let resets: Vec<_> = (0..6)
                .map(|number| {
                    let (client, token) = (campus.v.other_device(), &token);
                    scope.spawn(move || reset(&client, token, &format!("{NEW}{number}")).status)
                })
                .collect();
            resets.into_iter().map(|reset| reset.join().unwrap()).collect()
        });
        answers.sort_unstable();
        assert_eq!(answers, [204, 400, 400, 400, 400, 400]);
    }

    fn s_41_of_links_asked_for_at_once_only_the_newest_works(kind) {
        let campus = Campus::open(kind);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                let client = campus.v.other_device();
                let email = &campus.u1.email;
                scope.spawn(move || forgot(&client, email).expect(202));
            }
        });
        let mails = campus.server.mailbox().wait(&campus.u1.email, 5);
        let links: Vec<&str> = mails.iter().skip(1).filter_map(|mail| mail.secret()).collect();
        let mut answers: Vec<u16> = links.iter().map(|link| reset(&campus.v, link, NEW).status).collect();
        answers.sort_unstable();
        assert_eq!(answers, [204, 400, 400, 400]);
    }
}

#[test]
fn s_41_a_reset_link_dies_with_use_a_newer_one_time_and_any_changed_byte() {
    let campus = Campus::open(Kind::Sqlite);
    let first = link(&campus, &campus.u1);
    let second = link(&campus, &campus.u1);
    reset(&campus.v, &first, NEW).refused(400, "link_invalid");
    for at in 0..second.len() {
        let mut changed = second.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        reset(&campus.v, std::str::from_utf8(&changed).unwrap(), NEW).refused(400, "link_invalid");
    }
    reset(&campus.v, &second, "short").refused_field("new_password", "min_length");
    reset(&campus.v, &second, "School A").refused_field("new_password", "weak_password");
    reset(&campus.v, &second, &campus.u1.email).refused_field("new_password", "weak_password");
    reset(&campus.v, &second, NEW).expect(204);
    reset(&campus.v, &second, NEW).refused(400, "link_invalid");

    let late = link(&campus, &campus.u2);
    campus.server.clock().advance(Duration::from_secs(10 * 60));
    reset(&campus.v, &late, NEW).refused(400, "link_invalid");
}

#[test]
fn s_41_a_reset_link_dies_with_a_change_of_password_or_address() {
    let campus = Campus::open(Kind::Sqlite);
    let mailbox = campus.server.mailbox();
    let before = link(&campus, &campus.u1);
    let change = json!({ "current_password": PASSWORD, "new_password": NEW });
    campus.u1.client.post("/me/password", change).expect(200);
    reset(&campus.v, &before, NEW).refused(400, "link_invalid");

    let before = link(&campus, &campus.u2);
    let change = json!({ "email": "moved@a.ac.test", "password": PASSWORD });
    campus.u2.client.post("/me/email", change).expect(202);
    let confirm = mailbox.secret("moved@a.ac.test", 1);
    campus.v.post("/auth/email/verify", json!({ "token": confirm })).expect(200);
    reset(&campus.v, &before, NEW).refused(400, "link_invalid");
}

#[test]
fn s_41_links_of_other_purposes_reset_nothing_and_a_reset_link_proves_nothing() {
    let campus = Campus::open(Kind::Sqlite);
    let verification = campus.server.mailbox().secret(&campus.g.email, 1);
    reset(&campus.v, &verification, NEW).refused(400, "link_invalid");
    let token = link(&campus, &campus.u1);
    campus.v.post("/auth/email/verify", json!({ "token": token })).refused(400, "link_invalid");
    reset(&campus.v, &token, NEW).expect(204);
}

#[test]
fn auth_17_who_resets_the_password_need_not_wait_for_earlier_failures() {
    let campus = Campus::with(Kind::Sqlite, Config::default().with("auth.login_failures", 5));
    for _ in 0..5 {
        campus.u1.try_log_in("wrong").1.refused(401, "invalid_credentials");
    }
    campus.u1.try_log_in(PASSWORD).1.refused(429, "rate_limited");
    let token = link(&campus, &campus.u1);
    reset(&campus.v, &token, NEW).expect(204);
    campus.u1.try_log_in(NEW).1.expect(200);
}
