//! S-42, S-57: bodies that say too much or the wrong thing.

use madang_harness::person::{PASSWORD, sign_up_body};
use madang_harness::{Campus, Kind};
use serde_json::{Value, json};

#[test]
fn s_42_login_names_what_is_no_text() {
    let campus = Campus::open(Kind::Sqlite);
    let login = |username: Value, password: Value| {
        campus.v.other_device().post("/auth/login", json!({ "username": username, "password": password }))
    };
    for odd in [json!([]), json!(null), json!(7), json!({ "a": 1 })] {
        login(odd.clone(), json!(PASSWORD)).refused_at("username");
        login(json!("user1"), odd).refused_at("password");
    }
    login(json!("user1"), json!("x".repeat(1_000_000))).refused(413, "payload_too_large");
    let with_nul = login(json!("user1\0"), json!(PASSWORD));
    assert!(matches!(with_nul.status, 400 | 401), "{with_nul:?}");
}

#[test]
fn s_57_fields_of_the_server_are_refused_by_name_and_nothing_is_stored() {
    let campus = Campus::open(Kind::Sqlite);
    let owned = [
        ("id", json!("00000000-0000-4000-8000-000000000000")),
        ("author_id", json!(campus.u2.id)),
        ("created_at", json!("2020-01-01T00:00:00Z")),
        ("deleted_at", json!(null)),
        ("like_count", json!(99)),
        ("is_staff", json!(true)),
        ("email_verified_at", json!("2020-01-01T00:00:00Z")),
    ];
    let post = campus.post(&campus.u1, "Mine");
    let path = format!("/posts/{post}");
    let before = campus.u1.client.get(&path).expect(200).text();
    let list = format!("/boards/{}/posts", campus.open_board);
    for (name, value) in owned.iter().chain([&("school_id", json!(campus.b.id))]) {
        let mut body = json!({ "title": "Another", "contents": "Words." });
        body[*name] = value.clone();
        campus.u1.client.post(&list, body.clone()).refused_at(name);
        campus.u1.client.patch(&path, body.clone()).refused_at(name);
        campus.u1.client.patch("/me", json!({ *name: value })).refused_at(name);
    }
    for (name, value) in owned {
        let mut body = sign_up_body(&campus.a.id, "newcomer", "newcomer@a.ac.test");
        body[name] = value;
        campus.v.other_device().post("/auth/sign-up", body).refused_at(name);
    }
    assert_eq!(campus.u1.client.get(&path).expect(200).text(), before);
    assert_eq!(campus.u1.client.get(&list).expect(200).at("/results").as_array().unwrap().len(), 1);
}

#[test]
fn all_bad_fields_are_named_in_one_answer() {
    let campus = Campus::open(Kind::Sqlite);
    let body = json!({ "school_id": "x", "username": "!", "password": "x", "email": "x", "nickname": "!", "surprise": 1 });
    let problem = campus.v.post("/auth/sign-up", body).refused(400, "validation_failed").problem();
    let fields: Vec<&str> = problem.errors.iter().map(|(field, _)| field.as_str()).collect();
    for field in ["admission_year", "email", "nickname", "password", "school_id", "surprise", "username"] {
        assert!(fields.contains(&field), "{field} in {fields:?}");
    }
}
