//! S-43 to S-46: passwords, imported hashes, and names wanted at once.

use crate::on_both;
use madang_harness::person::{PASSWORD, sign_up_body};
use madang_harness::{Campus, Kind, Response};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

fn sign_up(campus: &Campus, username: &str, password: &str) -> Response {
    let mut body = sign_up_body(&campus.a.id, username, &format!("{username}@a.ac.test"));
    body["password"] = json!(password);
    campus.v.other_device().post("/auth/sign-up", body)
}

on_both! {
    fn s_43_acc_13_weak_passwords_are_refused_and_long_phrases_are_not(kind) {
        let campus = Campus::open(kind);
        let short = "q7#Vz!x";
        for (password, code) in [("short", "min_length"), (short, "min_length"), ("", "min_length")] {
            let refused = sign_up(&campus, "weak1", password);
            assert!(refused.problem().errors.iter().any(|(field, found)| field == "password" && (found == code || found == "blank")));
        }
        sign_up(&campus, "weak1", &"plum4-Ranger".repeat(22)).refused_field("password", "max_length");
        for weak in ["password", "12345678", "weak1@a.ac.test", "School A", "weak1weak1"] {
            sign_up(&campus, "weak1", weak).refused_field("password", "weak_password");
        }
        // The bounds themselves, in characters, not bytes.
        sign_up(&campus, "eight1", "q7#Vz!xK").expect(201);
        let longest: String = "마당달빛-Ranger4 ".chars().cycle().take(256).collect();
        assert!(longest.len() > 256);
        sign_up(&campus, "most1", &longest).expect(201);
        let phrase = "fifteen quiet words stand here with spaces between them and nobody minds how long it is";
        sign_up(&campus, "long1", phrase).expect(201);
        // A later password is judged alike, by the names of its account.
        let change = |new: &str| {
            let body = json!({ "current_password": PASSWORD, "new_password": new });
            campus.u1.client.post("/me/password", body)
        };
        for weak in ["user1user1", "user1@a.ac.test", "password1"] {
            change(weak).refused_field("new_password", "weak_password");
        }
        change(short).refused_field("new_password", "min_length");
        campus.u1.try_log_in(PASSWORD).1.expect(200);
    }
}

#[test]
fn s_44_nul_and_edge_spaces_count_and_both_unicode_forms_are_one() {
    let campus = Campus::open(Kind::Sqlite);
    let login = |username: &str, password: &str| {
        let body = json!({ "username": username, "password": password });
        campus.v.other_device().post("/auth/login", body).status
    };
    let with_nul = "plum4-Ranger\0mosaic-tundra";
    sign_up(&campus, "nulls", with_nul).expect(201);
    assert_eq!(login("nulls", with_nul), 200);
    assert_eq!(login("nulls", "plum4-Ranger"), 401);
    assert_eq!(login("nulls", "plum4-Ranger\0other"), 401);

    let spaced = format!(" {PASSWORD} ");
    sign_up(&campus, "spaces", &spaced).expect(201);
    assert_eq!(login("spaces", &spaced), 200);
    assert_eq!(login("spaces", PASSWORD), 401);

    let composed = "마당-달빛-Ranger-7";
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(composed).collect();
    assert_ne!(composed, decomposed);
    sign_up(&campus, "forms", &decomposed).expect(201);
    assert_eq!(login("forms", composed), 200);
    assert_eq!(login("forms", &decomposed), 200);
}

/// `correct horse` under Django's default scheme, with 1,000 rounds.
const IMPORTED: (&str, &str) =
    ("correct horse", "pbkdf2_sha256$1000$c2FsdHNhbHQ$81QK9Cb/1+EuGjkCuMfLe/JwVi7vEf5rZfyS/DgplIk=");

on_both! {
    fn s_45_an_imported_hash_logs_in_and_is_replaced(kind) {
        let campus = Campus::open(kind);
        let stored = || campus.server.password_hash_of(&campus.u1.id);
        campus.server.import_password_hash(&campus.u1.id, IMPORTED.1);
        campus.u1.try_log_in("wrong horse").1.refused(401, "invalid_credentials");
        assert_eq!(stored(), IMPORTED.1);
        campus.u1.try_log_in(IMPORTED.0).1.expect(200);
        assert!(stored().starts_with("$2"), "{}", stored());
        campus.u1.try_log_in(IMPORTED.0).1.expect(200);

        let endless = IMPORTED.1.replace("$1000$", "$1000000000$");
        campus.server.import_password_hash(&campus.u1.id, &endless);
        let begun = Instant::now();
        campus.u1.try_log_in(IMPORTED.0).1.refused(401, "invalid_credentials");
        assert!(begun.elapsed() < Duration::from_secs(2));
    }
}

on_both! {
    fn s_46_one_of_many_gets_a_name(kind) {
        let campus = Campus::open(kind);
        let answers: Vec<(u16, Value)> = std::thread::scope(|scope| {
            let calls: Vec<_> = (0..20)
                .map(|number| {
                    let campus = &campus;
                    scope.spawn(move || {
                        let mut body = sign_up_body(&campus.a.id, "wanted", &format!("w{number}@a.ac.test"));
                        body["nickname"] = json!(format!("w{number}x"));
                        let answer = campus.v.other_device().post("/auth/sign-up", body);
                        (answer.status, answer.at("/errors"))
                    })
                })
                .collect();
            calls.into_iter().map(|call| call.join().unwrap()).collect()
        });
        assert_eq!(answers.iter().filter(|(status, _)| *status == 201).count(), 1);
        for (status, errors) in answers.iter().filter(|(status, _)| *status != 201) {
            assert_eq!((*status, &errors[0]["field"], &errors[0]["code"]), (400, &json!("username"), &json!("taken")));
        }
    }
}

#[test]
fn auth_1_every_failed_login_answers_the_same_bytes_and_costs_one_hash() {
    let campus = Campus::open(Kind::Sqlite);
    let login = |username: &str, password: &str| {
        let before = campus.server.password_hashes();
        let body = json!({ "username": username, "password": password });
        let answer = campus.v.other_device().post("/auth/login", body).refused(401, "invalid_credentials");
        assert_eq!(campus.server.password_hashes() - before, 1, "{username}");
        (answer.text(), answer.header_names().into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let wrong = login("user1", "wrong-wrong-wrong");
    assert_eq!(login("nobody", PASSWORD), wrong);
    assert_eq!(login(&campus.g.email, PASSWORD), wrong, "an unproven address is no name");
    assert_eq!(login("nobody@a.ac.test", PASSWORD), wrong);
}
