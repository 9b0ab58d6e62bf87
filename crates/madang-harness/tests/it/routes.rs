//! Every route, every role: the matrix of `routes.tsv` against the running server.

use crate::media::{FORM, Part, form};
use madang_harness::{Campus, Client, Kind};
use serde_json::Value;
use std::collections::BTreeSet;

const MATRIX: &str = include_str!("routes.tsv");
const ROLES: [&str; 5] = ["V", "G", "U", "MOD", "ADM"];
/// An id of nothing.
const NOTHING: &str = "01890000-0000-7000-8000-000000000000";

struct Row {
    method: &'static str,
    path: &'static str,
    body: &'static str,
    statuses: [u16; 5],
}

fn rows() -> Vec<Row> {
    let lines = MATRIX.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split_whitespace().collect();
        let [method, path, body, statuses @ ..] = cells.as_slice() else { panic!("a short row: {line}") };
        let statuses: Vec<u16> = statuses.iter().map(|status| status.parse().unwrap()).collect();
        Row {
            method,
            path,
            body,
            statuses: statuses.try_into().unwrap_or_else(|_| panic!("not five statuses: {line}")),
        }
    };
    lines.map(row).collect()
}

/// The path with ids: of something that all may know of when it is read, of nothing when it would be changed.
fn fill(row: &Row, campus: &Campus, post: &str, comment: &str) -> String {
    let id = match row.path {
        _ if row.method != "GET" => NOTHING,
        path if path.contains("/users") => &campus.u2.id,
        path if path.contains("/schools") => &campus.a.id,
        path if path.contains("/boards") => &campus.open_board,
        path if path.contains("/comments/") => comment,
        path if path.contains("/posts") => post,
        _ => NOTHING,
    };
    let path = row.path.replace("{target_type}", "post").replace("{target_id}", post);
    path.replace("{slug}", "not-found").replace("{variant}", "thumb").replace("{id}", id)
}

fn ask(client: &Client, row: &Row, path: &str) -> u16 {
    let request = client.call(row.method, &format!("/{path}")).header("x-madang-client", "1");
    let request = match row.body {
        // What is no form is refused before the caller is known; a form with no picture in it is not.
        "-" if (row.method, row.path) == ("POST", "/api/v1/uploads") => {
            let parts = [Part("file", None, b"no picture"), Part("purpose", None, b"post")];
            request.body(FORM, form(&parts))
        }
        "-" => request,
        body => request.body("application/json", body),
    };
    request.send().status
}

#[test]
fn every_route_answers_every_role_as_the_matrix_says() {
    let campus = Campus::open(Kind::Sqlite);
    let post = campus.post(&campus.u2, "Public");
    let comment = campus.comment(&campus.u2, &post, "Well said");
    let mut wrong = Vec::new();
    for row in rows() {
        let path = fill(&row, &campus, &post, &comment);
        // A login each, because some rows end what they use.
        let callers = [
            campus.v.other_device(),
            campus.g.log_in().client,
            campus.u1.log_in().client,
            campus.moderator.log_in().client,
            campus.admin.log_in().client,
        ];
        for ((caller, role), expected) in callers.iter().zip(ROLES).zip(row.statuses) {
            // Cookies are read on few routes and judged elsewhere.
            caller.cookies().clear();
            let status = ask(caller, &row, &path);
            if status != expected {
                wrong.push(format!("{} {} as {role}: {status}, not {expected}", row.method, row.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_route_is_in_the_matrix() {
    let campus = Campus::open(Kind::Sqlite);
    let document = campus.v.get("//openapi.json").expect(200).json();
    let mut served = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let methods = methods
            .as_object()
            .unwrap()
            .keys()
            .filter(|key| !matches!(key.as_str(), "parameters" | "summary"));
        served.extend(methods.map(|method| format!("{} {path}", method.to_uppercase())));
    }
    let listed: BTreeSet<String> = rows().iter().map(|row| format!("{} {}", row.method, row.path)).collect();
    let missing: Vec<_> = served.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&served).collect();
    assert!(missing.is_empty() && gone.is_empty(), "not in routes.tsv: {missing:#?}\nnot served: {gone:#?}");
}

#[test]
fn every_operation_tells_what_it_may_answer() {
    let campus = Campus::open(Kind::Sqlite);
    let document = campus.v.get("//openapi.json").expect(200).json();
    let statuses = |row: &Row| -> BTreeSet<u16> {
        let operation = &document["paths"][row.path][row.method.to_lowercase()];
        let responses: Option<&serde_json::Map<String, Value>> = operation["responses"].as_object();
        responses.into_iter().flatten().filter_map(|(status, _)| status.parse().ok()).collect()
    };
    for row in rows() {
        let declared = statuses(&row);
        for status in row.statuses {
            assert!(
                declared.contains(&status),
                "{} {} does not declare {status}: {declared:?}",
                row.method,
                row.path
            );
        }
    }
}
