//! Users of a Django site, taken over.

use crate::program::{Place, Server};
use madang_testkit::python;
use serde_json::{Value, json};
use std::process::Command;

const FAST: [(&str, &str); 2] = [("MADANG_MODE", "test"), ("MADANG_AUTH__BCRYPT_COST", "4")];
const EXPORT: &str = include_str!("../../../../docs/django/export_users.py");
/// `correct horse` under Django's default scheme, with 1,000 rounds.
const HASH: &str = "pbkdf2_sha256$1000$c2FsdHNhbHQ$81QK9Cb/1+EuGjkCuMfLe/JwVi7vEf5rZfyS/DgplIk=";

fn place() -> Place {
    let place = Place::new();
    place.run_with(&FAST, &["seed", "--demo", "--scale", "0.1"]).ended(0);
    place
}

fn row(username: &str, nickname: &str) -> Value {
    json!({
        "username": username, "email": format!("{username}@hanbit.test"), "password": HASH, "nickname": nickname,
        "school": "한빛대학교", "joined": "2019-03-02T09:00:00.123456+09:00",
    })
}

fn lines(rows: &[Value]) -> String {
    rows.iter().map(|row| format!("{row}\n")).collect()
}

fn import(place: &Place, file: &str, flags: &[&str]) -> crate::program::Ran {
    let path = place.write("users.jsonl", file);
    let arguments: Vec<&str> =
        ["import", "users", path.to_str().unwrap()].into_iter().chain(flags.iter().copied()).collect();
    place.run_with(&FAST, &arguments)
}

fn log_in(server: &Server, username: &str, password: &str) -> (u16, Value) {
    let body = json!({ "username": username, "password": password });
    let (status, answer) = server.ask("POST /api/v1/auth/login", &body.to_string());
    (status, serde_json::from_str(&answer).unwrap())
}

#[test]
fn users_are_taken_over_once_and_log_in() {
    let place = place();
    let file = lines(&[row("saebom", "새봄"), row("mulgyeol", "물결")]);
    assert_eq!(import(&place, &file, &["--dry-run"]).ended(0), "2 would be added, 0 already there\n");
    assert_eq!(import(&place, &file, &["--proven-emails"]).ended(0), "2 added, 0 already there\n");
    assert_eq!(import(&place, &file, &["--proven-emails"]).ended(0), "0 added, 2 already there\n");
    let server = place.serve(&FAST);
    assert_eq!(log_in(&server, "saebom", "wrong").0, 401);
    for _ in 0..2 {
        let (status, answer) = log_in(&server, "Saebom", "correct horse");
        assert_eq!(status, 200, "{answer}");
        assert_eq!(answer["user"]["role"], "student");
        assert_eq!(answer["user"]["created_at"], "2019-03-02T00:00:00.123456Z");
        assert_eq!(answer["user"]["admission_year"], 2019);
    }
}

#[test]
fn addresses_that_nobody_vouches_for_stay_unproven() {
    let place = place();
    let file = lines(&[row("saebom", "새봄")]);
    assert_eq!(import(&place, &file, &[]).ended(0), "1 added, 0 already there\n");
    assert_eq!(import(&place, &file, &[]).ended(0), "0 added, 1 already there\n");
    let (status, answer) = log_in(&place.serve(&FAST), "saebom", "correct horse");
    assert_eq!((status, &answer["user"]["role"]), (200, &json!("guest")), "{answer}");
    assert_eq!(answer["user"]["email_verified_at"], Value::Null);
}

#[test]
fn wrong_rows_are_told_by_number_and_nothing_is_written() {
    let place = place();
    let change = |field: &str, value: Value| {
        let mut row = row("nabiro", "나비로");
        row[field] = value;
        row
    };
    let mut rows = vec![row("saebom", "새봄"), row("SAEBOM", "다른이"), change("nickname", json!("새봄"))];
    rows[1]["email"] = json!("other@hanbit.test");
    rows[1]["joined"] = json!("2020-03-02T00:00:00Z");
    rows.push(change("school", json!("Nowhere")));
    rows.push(change("password", json!(HASH.replace("$1000$", "$1000000000$"))));
    rows.push(change("password", json!("!unusable")));
    rows.push(change("email", json!("nobody")));
    rows.push(change("joined", json!("yesterday")));
    rows.push(change("is_staff", json!(true)));
    rows.push(json!([HASH]));
    let ran = import(&place, &format!("\n{}", lines(&rows)), &[]);
    let told = ran.err();
    assert_eq!((ran.code(), ran.out().as_str()), (Some(1), ""), "{told}");
    for line in [
        "row 3: username: somebody has it already",
        "row 4: nickname: somebody has it already",
        "row 5: school: there is none of that name",
        "row 6: password: it costs more rounds than auth.pbkdf2_max_iterations allows",
        "row 7: password: nobody can log in by it",
        "row 8: email: it is malformed",
        "row 9: joined: it is malformed",
        "row 10: unknown field `is_staff`",
        "row 11: it is not one JSON object",
        "madang: 9 rows are wrong; nothing was written",
    ] {
        assert!(told.contains(line), "{line} is not in: {told}");
    }
    assert!(!told.contains("pbkdf2_sha256$"), "{told}");
    let ran = import(&place, &lines(&[row("saebom", "새봄")]), &[]);
    assert_eq!(ran.ended(0), "1 added, 0 already there\n");
}

#[test]
fn a_missing_file_and_a_running_server_are_told() {
    let place = place();
    let ran = place.run_with(&FAST, &["import", "users", "nowhere.jsonl"]);
    ran.refused(1, &["nowhere.jsonl"]);
    let _server = place.serve(&FAST);
    assert_ne!(import(&place, "", &[]).code(), Some(0), "the server owns the file");
}

/// Makes users as the people who run a Django site do, and answers the export of the guide.
fn django_site(place: &Place, python: &str) -> String {
    let manage = |arguments: &[&str], input: &str| {
        let mut command = Command::new(python);
        let path = place.write("input", input);
        let output = command
            .args(arguments)
            .current_dir(place.path())
            .env("MADANG_SCHOOL", "한빛대학교")
            .env("PYTHONIOENCODING", "utf-8")
            .stdin(std::fs::File::open(path).unwrap())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    manage(&["-m", "django", "startproject", "site_of_old", "."], "");
    manage(&["manage.py", "migrate", "--verbosity", "0"], "");
    let people = "\
from django.contrib.auth.models import User
User.objects.create_user('saebom', 'saebom@hanbit.test', 'correct horse', first_name='새봄')
User.objects.create_user('mulgyeol', 'Mulgyeol@hanbit.test', ' 마당 끝의 pass 단어 ', first_name='물결')
User.objects.create_user('nogarment', 'no@hanbit.test', None, first_name='나들이')
User.objects.create_user('gone', 'gone@hanbit.test', 'x', is_active=False)
";
    manage(&["manage.py", "shell"], people);
    manage(&["manage.py", "shell"], EXPORT)
}

#[test]
fn s_45_users_of_a_real_django_site_move_in_and_log_in() {
    let Some(python) = python("django") else { return };
    let place = place();
    let file = django_site(&place, &python);
    let rows: Vec<&str> = file.lines().filter(|line| line.starts_with('{')).collect();
    assert_eq!(rows.len(), 3, "{file}");
    let ran = import(&place, &rows.join("\n"), &["--proven-emails"]);
    assert!(ran.err().contains("1 have no usable password"), "{}", ran.err());
    assert_eq!(ran.ended(0), "3 added, 0 already there\n");
    let server = place.serve(&FAST);
    for (name, password) in [("saebom", "correct horse"), ("mulgyeol@hanbit.test", " 마당 끝의 pass 단어 ")]
    {
        for _ in 0..2 {
            let (status, answer) = log_in(&server, name, password);
            assert_eq!(status, 200, "{answer}");
        }
        assert_eq!(log_in(&server, name, &password.to_uppercase()).0, 401);
    }
    for password in ["", "!", "x"] {
        assert_eq!(log_in(&server, "nogarment", password).0, 401);
    }
    assert_eq!(log_in(&server, "gone", "x").0, 401);
}
