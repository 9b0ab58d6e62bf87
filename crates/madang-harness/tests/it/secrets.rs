//! No answer to anybody holds a credential, or somebody else's address.

use madang_harness::person::PASSWORD;
use madang_harness::{Campus, Kind};
use serde_json::Value;

/// Fields that may carry the word: the schema's own, and tokens that are the very purpose of the answer.
const OWN: [&str; 5] = ["access_token", "refresh_token", "token_type", "token", "appeal_token"];

fn judge(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = format!("{at}/{name}");
                let credential = ["password", "hash", "secret", "nonce", "mac"]
                    .iter()
                    .any(|word| name.split('_').any(|part| part == *word) && !OWN.contains(&name.as_str()));
                if credential {
                    found.push(path.clone());
                }
                judge(value, &path, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| judge(item, at, found)),
        Value::String(text) => {
            let hash = text.starts_with("$2a$") || text.starts_with("$2b$") || text.starts_with("pbkdf2_");
            if hash || text.contains(PASSWORD) {
                found.push(format!("{at} = {text}"));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn acc_15_no_answer_holds_a_secret_or_anothers_address() {
    let campus = Campus::open(Kind::Sqlite);
    let post = campus.post(&campus.u1, "Public");
    campus.post(&campus.u2, "Other");
    let gone = campus.post(&campus.u1, "Gone");
    campus.u1.client.delete(&format!("/posts/{gone}")).expect(204);

    let paths = [
        "".to_owned(),
        "//openapi.json".to_owned(),
        "//.well-known/jwks.json".to_owned(),
        "//readyz".to_owned(),
        "/me".to_owned(),
        "/me/trash".to_owned(),
        "/me/favourites".to_owned(),
        "/auth/sessions".to_owned(),
        "/schools".to_owned(),
        format!("/schools/{}", campus.a.id),
        "/boards".to_owned(),
        format!("/boards/{}", campus.open_board),
        "/posts".to_owned(),
        format!("/boards/{}/posts", campus.open_board),
        format!("/posts/{post}"),
        format!("/posts/{gone}"),
        "/admin/schools".to_owned(),
        format!("/admin/schools/{}", campus.a.id),
        "/admin/boards".to_owned(),
        format!("/admin/boards/{}", campus.open_board),
        "/admin/users".to_owned(),
        format!("/admin/users/{}", campus.u1.id),
    ];
    let people = [&campus.g, &campus.u1, &campus.u2, &campus.u3, &campus.moderator, &campus.admin];
    let mut found = Vec::new();
    for path in &paths {
        let own = people.iter().map(|person| (Some(*person), person.client.get(path)));
        for (reader, answer) in own.chain([(None, campus.v.get(path))]) {
            assert!(answer.status < 500, "{path}: {answer:?}");
            let Ok(body) = serde_json::from_slice::<Value>(&answer.body) else { continue };
            if path != "//openapi.json" {
                judge(&body, path, &mut found);
            }
            let text = answer.text();
            for other in people.iter().filter(|other| reader.is_none_or(|reader| reader.id != other.id)) {
                if text.contains(&other.email) {
                    found.push(format!(
                        "{path} shows {} to {:?}",
                        other.email,
                        reader.map(|reader| &reader.username)
                    ));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
