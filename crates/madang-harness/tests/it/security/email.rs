//! S-36 to S-41: what a mail address proves, and to whom.

use crate::on_both;
use madang_harness::person::{PASSWORD, Person, sign_up_body};
use madang_harness::{Campus, Config, Kind};
use serde_json::json;
use std::time::Duration;

on_both! {
    fn s_36_a_guest_writes_after_the_link_is_posted_and_not_before(kind) {
        let campus = Campus::open(kind);
        let write = || {
            let body = json!({ "title": "First", "contents": "Words." });
            campus.g.client.post(&format!("/boards/{}/posts", campus.open_board), body)
        };
        write().refused(403, "email_unverified");
        campus.g.client.get(&format!("/boards/{}", campus.closed_board)).refused(403, "email_unverified");
        campus.g.client.get(&format!("/boards/{}", campus.open_board)).expect(200);

        let token = campus.server.mailbox().secret(&campus.g.email, 1);
        let opened = campus.v.get(&format!("/auth/email/verify?token={token}"));
        assert_eq!(opened.status, 405);
        write().refused(403, "email_unverified");
        let answer = campus.v.post("/auth/email/verify", json!({ "token": token })).expect(200);
        let expected = json!({ "purpose": "sign_up", "email_verified": true, "enrolment_verified": true });
        assert_eq!(answer.json(), expected);
        write().expect(201);
        campus.v.post("/auth/email/verify", json!({ "token": token })).refused(400, "link_invalid");
    }
}

#[test]
fn s_37_usernames_are_unique_whatever_their_case_and_width() {
    let campus = Campus::open(Kind::Sqlite);
    let sign_up = |name: &str| {
        let mut body = sign_up_body(&campus.a.id, name, "other@a.ac.test");
        body["nickname"] = json!("other");
        campus.v.other_device().post("/auth/sign-up", body)
    };
    sign_up("USER1").refused_field("username", "taken");
    sign_up("ｕｓｅｒ１").refused_at("username");
}

#[test]
fn s_38_sign_up_never_tells_whether_an_address_is_known() {
    let campus = Campus::open(Kind::Sqlite);
    let sign_up = |name: &str, email: &str| {
        campus.v.other_device().post("/auth/sign-up", sign_up_body(&campus.a.id, name, email)).expect(201)
    };
    let before = campus.server.mailbox().to(&campus.u1.email).len();
    let hashes = campus.server.password_hashes();
    let known = sign_up("known1", &campus.u1.email);
    let between = campus.server.password_hashes();
    let fresh = sign_up("fresh1", "fresh1@a.ac.test");
    assert_eq!(between - hashes, campus.server.password_hashes() - between);
    assert_eq!(known.header_names(), fresh.header_names());
    let form = |answer: &madang_harness::Response| {
        let body = answer.json();
        let fields =
            |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        (fields(&body), fields(&body["user"]))
    };
    assert_eq!(form(&known), form(&fresh));

    let mails = campus.server.mailbox().wait(&campus.u1.email, before + 1);
    assert!(
        mails.iter().skip(1).all(|mail| mail.secret().is_none()),
        "the holder gets a notice without a link"
    );
    campus.server.mailbox().wait("fresh1@a.ac.test", 1);
}

on_both! {
    fn s_39_one_address_is_proven_by_one_account(kind) {
        let campus = Campus::open(kind);
        let mailbox = campus.server.mailbox();
        let spellings = ["twin@a.ac.test", "TWIN@A.ac.test", " twin@a.ac.test ", "ｔｗｉｎ@a.ac.test"];
        for (number, spelling) in spellings.into_iter().enumerate() {
            let body = sign_up_body(&campus.a.id, &format!("twin{number}"), spelling);
            campus.v.other_device().post("/auth/sign-up", body).expect(201);
        }
        let mut links: Vec<String> = Vec::new();
        for spelling in ["twin@a.ac.test", "TWIN@A.ac.test", "TWIN@a.ac.test"] {
            mailbox.settled(spelling);
            links.extend(mailbox.to(spelling).iter().filter_map(|mail| mail.secret().map(str::to_owned)));
        }
        assert_eq!(links.len(), spellings.len());
        let mut answers: Vec<(u16, String)> = std::thread::scope(|scope| {
            let opened: Vec<_> = links
                .iter()
                .map(|link| {
                    let client = campus.v.other_device();
                    scope.spawn(move || {
                        let answer = client.post("/auth/email/verify", json!({ "token": link }));
                        (answer.status, answer.at("/code").as_str().unwrap_or_default().to_owned())
                    })
                })
                .collect();
            opened.into_iter().map(|open| open.join().unwrap()).collect()
        });
        answers.sort();
        assert_eq!(answers[0].0, 200);
        assert!(answers[1..].iter().all(|answer| *answer == (409, "email_in_use".to_owned())), "{answers:?}");
    }
}

#[test]
fn s_40_a_mail_domain_is_matched_on_whole_labels() {
    let campus = Campus::open(Kind::Sqlite);
    let sign_up = |name: &str, domain: &str| {
        let body = sign_up_body(&campus.a.id, name, &format!("{name}@{domain}"));
        campus.v.other_device().post("/auth/sign-up", body)
    };
    sign_up("stranger1", "a.ac.test.evil.test").refused_field("email", "domain_not_allowed");
    sign_up("stranger2", "xa.ac.test").refused_field("email", "domain_not_allowed");
    let student = Person::sign_up(&campus.v, &campus.a.id, "student1", "mail.a.ac.test");
    let student = student.verify(campus.server.mailbox());
    assert_eq!(student.client.get("/me").expect(200).at("/role"), "student");
}

#[test]
fn s_40_an_open_school_keeps_strangers_as_guests() {
    let campus = Campus::open(Kind::Sqlite);
    let path = format!("/admin/schools/{}", campus.a.id);
    let etag = campus.admin.client.get(&path).expect(200).etag();
    let open =
        campus.admin.client.call("PATCH", &path).if_match(&etag).json(&json!({ "domains_only": false }));
    open.send().expect(200);
    let stranger =
        Person::sign_up(&campus.v, &campus.a.id, "stranger", "xa.ac.test").verify(campus.server.mailbox());
    let body = json!({ "title": "First", "contents": "Words." });
    let answer = stranger.client.post(&format!("/boards/{}/posts", campus.open_board), body);
    answer.refused(403, "enrolment_unverified");
}

#[test]
fn s_41_a_verification_link_dies_with_time_with_a_newer_one_and_with_any_change() {
    let campus = Campus::open(Kind::Sqlite);
    let mailbox = campus.server.mailbox();
    let open = |token: &str| campus.v.post("/auth/email/verify", json!({ "token": token }));
    let first = mailbox.secret(&campus.g.email, 1);
    campus.g.client.call("POST", "/auth/email/resend").send().expect(202);
    let second = mailbox.secret(&campus.g.email, 2);
    assert_ne!(first, second);
    open(&first).refused(400, "link_invalid");
    for at in 0..second.len() {
        let mut changed = second.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        open(std::str::from_utf8(&changed).unwrap()).refused(400, "link_invalid");
    }
    campus.server.clock().advance(Duration::from_secs(15 * 60 + 1));
    open(&second).refused(400, "link_invalid");
}

on_both! {
    fn s_41_a_link_opened_twice_at_once_succeeds_once(kind) {
        let campus = Campus::open(kind);
        let token = campus.server.mailbox().secret(&campus.g.email, 1);
        let mut answers: Vec<u16> = std::thread::scope(|scope| {
            let opened: Vec<_> = (0..6)
                .map(|_| {
                    let client = campus.v.other_device();
                    let body = json!({ "token": token });
                    scope.spawn(move || client.post("/auth/email/verify", body).status)
                })
                .collect();
            opened.into_iter().map(|open| open.join().unwrap()).collect()
        });
        answers.sort_unstable();
        assert_eq!(answers, [200, 400, 400, 400, 400, 400]);
    }
}

#[test]
fn acc_6_a_resend_comes_not_too_soon_and_not_to_a_proven_address() {
    let campus = Campus::with(Kind::Sqlite, Config::default().with("auth.resend_seconds", 180));
    let resend = |person: &Person| person.client.call("POST", "/auth/email/resend").send();
    let mailbox = campus.server.mailbox();
    resend(&campus.u1).expect(202);
    assert_eq!(mailbox.settled(&campus.u1.email), 1);
    resend(&campus.g).refused(429, "rate_limited");
    campus.server.clock().advance(Duration::from_secs(181));
    resend(&campus.g).expect(202);
    mailbox.wait(&campus.g.email, 2);
    assert!(campus.g.try_log_in(PASSWORD).1.status == 200);
}
