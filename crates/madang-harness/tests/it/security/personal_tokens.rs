//! S-11, S-14, S-15: personal tokens.

use crate::on_both;
use madang_harness::person::{PASSWORD, Person, REFRESH_COOKIE, refresh};
use madang_harness::{Campus, Client, Config, Kind, Response, Server};
use serde_json::{Value, json};
use std::time::Duration;

fn make(person: &Person, name: &str) -> Response {
    person.client.post("/auth/tokens", json!({ "name": name, "password": PASSWORD }))
}

/// A new token of `person`, and a program that uses it.
fn program(person: &Person) -> (String, Client) {
    let made = make(person, "Program").expect(201);
    let client = person.client.other_device().with_token(made.string("/token"));
    (made.string("/id"), client)
}

on_both! {
    fn s_14_a_token_is_shown_once_and_acts_as_its_owner(kind) {
        let campus = Campus::open(kind);
        let u1 = &campus.u1;
        let wrong = json!({ "name": "Program", "password": "wrong" });
        u1.client.post("/auth/tokens", wrong).refused(403, "reauthentication_failed");
        let hashes = campus.server.password_hashes();
        let made = make(u1, " Program ").expect(201);
        assert_eq!(campus.server.password_hashes(), hashes + 1);
        let value = made.string("/token");
        assert!(value.starts_with("mdt_") && value.len() == 47, "{value}");
        assert_eq!((made.at("/name"), made.at("/last_used_at")), (json!("Program"), Value::Null));
        assert_eq!(made.header("cache-control"), Some("no-store"));
        assert!(made.header("location").unwrap().ends_with("/api/v1/auth/tokens"));
        let list = u1.client.get("/auth/tokens").expect(200);
        assert!(!list.text().contains(&value) && list.at("/results/0/id") == made.at("/id"));
        assert_eq!(list.at("/results/0").as_object().unwrap().len(), 5);

        let program = u1.client.other_device().with_token(value);
        assert_eq!(program.get("/me").expect(200).at("/id"), json!(u1.id));
        let body = json!({ "title": "By a program", "contents": "Words." });
        let post = program.post(&format!("/boards/{}/posts", campus.open_board), body).expect(201);
        assert_eq!(post.at("/author/id"), json!(u1.id), "{}", post.text());
        let used = u1.client.get("/auth/tokens").expect(200).string("/results/0/last_used_at");
        assert!(used.ends_with(":00.000000Z"), "to the minute: {used}");
        campus.server.clock().advance(Duration::from_secs(120));
        program.get("/me").expect(200);
        let again = campus.u1.log_in().client.get("/auth/tokens").expect(200);
        assert_ne!(again.string("/results/0/last_used_at"), used);
    }

    fn s_15_a_token_dies_with_revocation_password_change_reset_and_logout_all(kind) {
        let campus = Campus::open(kind);
        let alive = |client: &Client| client.get("/me").expect(200);
        let dead = |client: &Client| client.get("/me").refused(401, "invalid_token");

        let (id, revoked) = program(&campus.u1);
        let (_, other) = program(&campus.u1);
        alive(&revoked);
        let path = format!("/auth/tokens/{id}");
        campus.u2.client.delete(&path).refused(404, "not_found");
        campus.u1.client.delete(&path).expect(204);
        campus.u1.client.delete(&path).refused(404, "not_found");
        dead(&revoked);
        alive(&other);

        let change = json!({ "current_password": PASSWORD, "new_password": "quiet-Lantern-orbit-92" });
        campus.u1.client.post("/me/password", change).expect(200);
        dead(&other);

        let (_, of_two) = program(&campus.u2);
        alive(&of_two);
        campus.u2.client.call("POST", "/auth/logout-all").send().expect(204);
        dead(&of_two);

        let moderator = &campus.moderator;
        let (_, of_moderator) = program(moderator);
        alive(&of_moderator);
        campus.v.post("/auth/password/forgot", json!({ "email": moderator.email })).expect(202);
        let token = campus.server.mailbox().secret(&moderator.email, 2);
        let reset = json!({ "token": token, "new_password": "quiet-Lantern-orbit-92" });
        campus.v.post("/auth/password/reset", reset).expect(204);
        dead(&of_moderator);

        let (_, of_leaver) = program(&campus.u2.log_in());
        alive(&of_leaver);
        campus.u2.log_in().client.post("/me/withdrawal", json!({ "password": PASSWORD })).expect(204);
        dead(&of_leaver);
    }

    fn auth_16_of_tokens_made_at_once_no_more_live_than_the_limit(kind) {
        let campus = Campus::with(kind, Config::default().with("auth.personal_tokens_max", 3));
        let mut answers: Vec<u16> = std::thread::scope(|scope| {
            let made: Vec<_> = (0..6)
                .map(|n| {
                    let person = campus.u1.clone();
                    scope.spawn(move || make(&person, &format!("Program {n}")).status)
                })
                .collect();
            made.into_iter().map(|made| made.join().unwrap()).collect()
        });
        answers.sort_unstable();
        assert_eq!(answers, [201, 201, 201, 409, 409, 409]);
        let refused = make(&campus.u1, "More");
        assert_eq!(refused.at("/limit"), json!(3), "{}", refused.text());
        refused.refused(409, "limit_reached");
        let id = campus.u1.client.get("/auth/tokens").expect(200).string("/results/0/id");
        campus.u1.client.delete(&format!("/auth/tokens/{id}")).expect(204);
        make(&campus.u1, "More").expect(201);
    }
}

#[test]
fn s_15_a_token_ends_exactly_and_any_changed_byte_is_none() {
    let campus = Campus::open(Kind::Sqlite);
    let body = json!({ "name": "Short", "password": PASSWORD, "expires_in_days": 1 });
    let made = campus.u1.client.post("/auth/tokens", body).expect(201);
    let value = made.string("/token");
    let program = campus.u1.client.other_device().with_token(value.clone());
    program.get("/me").expect(200);
    for at in 0..value.len() {
        let mut changed = value.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        campus.v.with_token(changed).get("/me").refused(401, "invalid_token");
    }
    for wrong in ["mdt_", "mdt_short", &format!("{value}A"), &format!("mdt_{value}")] {
        campus.v.with_token((*wrong).to_owned()).get("/me").refused(401, "invalid_token");
    }
    campus.server.clock().advance(Duration::from_secs(24 * 3600));
    program.get("/me").refused(401, "token_expired");
    assert_eq!(campus.u1.log_in().client.get("/auth/tokens").expect(200).at("/count"), json!(0));
}

#[test]
fn s_15_a_token_opens_no_session_only_route() {
    let campus = Campus::open(Kind::Sqlite);
    let document = campus.v.get("//openapi.json").expect(200).json();
    let (_, student) = program(&campus.u1);
    let (_, admin) = program(&campus.admin);
    let nothing = "01890000-0000-7000-8000-000000000000";
    let session_only = |path: &str| {
        let path = path.trim_start_matches("/api/v1");
        path.starts_with("/admin")
            || path.starts_with("/auth/sessions")
            || path.starts_with("/auth/tokens")
            || path.starts_with("/me/exports")
            || ["/auth/logout-all", "/me/password", "/me/email", "/me/withdrawal"].contains(&path)
    };
    let mut judged = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|_| session_only(path)) {
            let filled = format!("/{}", path.replace("{id}", nothing).replace("{user_id}", nothing));
            for program in [&student, &admin] {
                let call = program.call(&method.to_uppercase(), &filled);
                call.json(&json!({ "surprise": 1 })).send().refused(403, "session_required");
            }
            judged += 1;
        }
    }
    assert!(judged > 20, "{judged}");
}

#[test]
fn s_11_a_token_is_no_refresh_token_and_a_guest_makes_none() {
    let campus = Campus::open(Kind::Sqlite);
    let value = make(&campus.u1, "Program").expect(201).string("/token");
    let device = campus.v.other_device();
    device.cookies().keep(REFRESH_COOKIE, &value);
    refresh(&device).refused(401, "refresh_invalid");
    campus.v.other_device().get(&format!("/me?access_token={value}")).refused(401, "authentication_required");
    make(&campus.g, "Program").refused(403, "email_unverified");
    // As the bearer of a logout it proves no session, and goes on.
    let program = campus.u1.client.other_device().with_token(value);
    program.call("POST", "/auth/logout").send().expect(204);
    program.get("/me").expect(200);
}

#[test]
fn auth_16_names_and_lives_have_bounds() {
    let campus = Campus::open(Kind::Sqlite);
    let ask = |fields: Value| {
        let mut body = json!({ "name": "Program", "password": PASSWORD });
        body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        campus.u1.client.post("/auth/tokens", body)
    };
    ask(json!({ "name": " " })).refused_field("name", "blank");
    ask(json!({ "name": "n".repeat(51) })).refused_field("name", "max_length");
    ask(json!({ "expires_in_days": 0 })).refused_field("expires_in_days", "min_value");
    ask(json!({ "expires_in_days": 366 })).refused_field("expires_in_days", "max_value");
    let life = |answer: &Response| {
        let at = |field: &str| answer.string(field).parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        (at("/expires_at") - at("/created_at")).num_days()
    };
    assert_eq!(life(&ask(json!({ "expires_in_days": 365 })).expect(201)), 365);
    assert_eq!(life(&ask(json!({})).expect(201)), 90);
}

#[test]
fn x_5_a_repeated_request_makes_one_token_and_tells_its_value_once() {
    let campus = Campus::open(Kind::Sqlite);
    let send = |name: &str| {
        let body = json!({ "name": name, "password": PASSWORD });
        let call = campus.u1.client.call("POST", "/auth/tokens").header("idempotency-key", "once");
        call.json(&body).send()
    };
    let (first, again) = (send("Program").expect(201), send("Program").expect(201));
    assert!(first.at("/token").is_string());
    assert_eq!((again.at("/token"), again.at("/id")), (Value::Null, first.at("/id")));
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    send("Other").refused(422, "idempotency_key_reused");
    assert_eq!(campus.u1.client.get("/auth/tokens").expect(200).at("/count"), json!(1));
}

#[test]
fn acc_22_a_token_acts_with_the_role_of_the_moment() {
    let campus = Campus::open(Kind::Sqlite);
    let (_, program) = program(&campus.u1);
    let user = format!("/admin/users/{}", campus.u1.id);
    let etag = campus.admin.client.get(&user).expect(200).etag();
    let withdraw = json!({ "enrolment_verified": false });
    campus.admin.client.call("PATCH", &user).if_match(&etag).json(&withdraw).send().expect(200);
    let body = json!({ "title": "By a program", "contents": "Words." });
    let post = program.post(&format!("/boards/{}/posts", campus.open_board), body);
    post.refused(403, "enrolment_unverified");
}

#[test]
fn auth_16_a_read_by_a_token_costs_one_statement_for_its_standing() {
    let campus = Campus::on(Server::counting(Kind::Sqlite, Config::default()));
    let (_, program) = program(&campus.u1);
    program.get("/me").expect(200);
    campus.server.take_statements();
    program.get("/me").expect(200);
    let units = campus.server.take_statements();
    let of_token: Vec<_> =
        units.iter().filter(|unit| unit.iter().any(|text| text.contains("personal_tokens"))).collect();
    assert_eq!(of_token.len(), 1, "{units:#?}");
    assert!(of_token[0].len() <= 3, "{units:#?}");
}
