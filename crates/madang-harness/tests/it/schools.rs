//! Schools and terms, as visitors, students and admins meet them.

use crate::on_both;
use madang_harness::{Campus, Person, Response};
use serde_json::{Value, json};

fn patch(person: &Person, path: &str, body: &Value) -> Response {
    let etag = person.client.get(path).expect(200).etag();
    person.client.call("PATCH", path).if_match(&etag).json(body).send()
}

fn names(response: &Response) -> Vec<String> {
    let results = response.at("/results");
    results.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn visitors_list_and_read_schools(kind) {
        let campus = Campus::open(kind);
        let page = campus.v.get("/schools?name__istartswith=SCHOOL").expect(200);
        assert_eq!(names(&page), ["School A", "School B"]);
        assert_eq!(page.at("/count"), json!(2));
        let school = campus.v.get(&format!("/schools/{}", campus.a.id)).expect(200);
        let expected = json!({
            "id": campus.a.id,
            "name": "School A",
            "email_domains": ["a.ac.test"],
            "domains_only": true,
            "is_open": true,
            "member_count": 3,
            "time_zone": "Asia/Seoul",
        });
        assert_eq!(school.json(), expected);
        let known = campus.v.call("GET", &format!("/schools/{}", campus.a.id));
        known.header("if-none-match", &school.etag()).send().expect(304);

        let first = campus.v.get("/schools?page_size=1&name__contains=School").expect(200);
        assert!(first.header("link").unwrap().contains("rel=\"next\""));
        let second = campus.v.get(first.at("/next").as_str().unwrap()).expect(200);
        assert_eq!((names(&second), second.at("/next")), (vec!["School B".to_owned()], Value::Null));
        campus.v.get("/schools?page=9").refused(404, "not_found");
        campus.v.get("/schools?page_size=0").refused_field("page_size", "min_value");
        campus.v.get("/schools?color=red").refused(400, "unknown_parameter");
        campus.v.get("/schools?name=A&name=B").refused(400, "malformed_request");
        campus.v.get("/schools/nonsense").refused(404, "not_found");
        campus.v.get("/schools/01890000-0000-7000-8000-000000000000").refused(404, "not_found");
    }
}

on_both! {
    fn sch_1_names_and_domains_are_taken_once(kind) {
        let campus = Campus::open(kind);
        let admin = &campus.admin.client;
        let body = json!({ "name": " SCHOOL a", "email_domains": ["mail.b.ac.test"] });
        let refused = admin.post("/admin/schools", body);
        refused.clone().refused_field("name", "taken");
        refused.refused_field("email_domains", "taken");
        let body = json!({
            "name": "", "email_domains": ["c.test", "nowhere", "c.test"], "time_zone": "Moon/Base", "member_count": 9,
        });
        let refused = admin.post("/admin/schools", body).problem();
        let expected = [
            ("email_domains.1", "invalid"),
            ("member_count", "read_only"),
            ("name", "blank"),
            ("time_zone", "invalid"),
        ];
        assert_eq!(refused.errors, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
        let body = json!({ "name": "School C", "email_domains": ["c.test", "C.test"] });
        admin.post("/admin/schools", body).refused_field("email_domains.1", "duplicate");

        let body = json!({ "name": "School C", "email_domains": ["C.test"], "time_zone": "Asia/Tokyo" });
        let created = admin.post("/admin/schools", body).expect(201);
        let path = format!("/admin/schools/{}", created.string("/id"));
        assert!(created.header("location").unwrap().ends_with(&path));
        assert_eq!(created.at("/email_domains"), json!(["c.test"]));
        assert_eq!(created.at("/terms"), json!([]));
        assert_eq!(created.at("/member_count"), Value::Null, "moving counters have no place here");
        let read = admin.get(&path).expect(200);
        assert_eq!((read.etag(), read.text()), (created.etag(), created.text()));
    }
}

on_both! {
    fn sch_2_only_an_empty_school_is_deleted(kind) {
        let campus = Campus::open(kind);
        let admin = &campus.admin.client;
        let full = format!("/admin/schools/{}", campus.a.id);
        admin.delete(&full).refused(428, "precondition_required");
        let delete = |path: &str| {
            let etag = admin.get(path).expect(200).etag();
            admin.call("DELETE", path).if_match(&etag).send()
        };
        delete(&full).refused(409, "not_empty");
        patch(&campus.admin, &full, &json!({ "is_open": false })).expect(200);
        campus.u1.client.get("/me").expect(200);

        let body = json!({ "name": "School C", "email_domains": ["c.test"] });
        let empty = format!("/admin/schools/{}", admin.post("/admin/schools", body.clone()).expect(201).string("/id"));
        admin.call("DELETE", &empty).if_match("\"stale\"").send().refused(412, "precondition_failed");
        delete(&empty).expect(204);
        admin.get(&empty).refused(404, "not_found");
        admin.call("DELETE", &empty).if_match("*").send().refused(404, "not_found");
        admin.post("/admin/schools", body).expect(201);
    }
}

on_both! {
    fn sch_4_terms_neither_overlap_nor_repeat(kind) {
        let campus = Campus::open(kind);
        let path = format!("/admin/schools/{}", campus.a.id);
        let spring = json!({
            "year": 2026, "semester": "1", "starts_on": "2026-03-02", "ends_on": "2026-06-20",
            "holidays": [{ "date": "2026-05-05", "name": "Children" }],
        });
        let term = |semester: &str, from: &str, to: &str| {
            json!({ "year": 2026, "semester": semester, "starts_on": from, "ends_on": to, "holidays": [] })
        };
        let autumn = term("2", "2026-09-01", "2026-12-19");
        let put = |terms: Value| patch(&campus.admin, &path, &json!({ "terms": terms }));
        put(json!([spring, term("summer", "2026-06-20", "2026-07-01")])).refused_field("terms.1", "overlap");
        put(json!([spring, term("1", "2026-09-01", "2026-12-01")])).refused_field("terms.1", "overlap");
        put(json!([term("1", "2026-09-01", "2026-09-01")])).refused_field("terms.0", "overlap");
        put(json!([term("3", "2026-9-01", "2026-12-01")])).refused_field("terms.0.semester", "invalid_choice");
        let updated = put(json!([spring, autumn])).expect(200);
        assert_eq!(updated.at("/terms"), json!([autumn, spring]), "latest first");

        let listed = campus.u1.client.get("/terms").expect(200);
        assert_eq!(listed.at("/results"), json!([autumn, spring]));
        let listed = campus.u1.client.get("/terms?ordering=starts_on&year__gte=2026&semester__in=1,2").expect(200);
        assert_eq!(listed.at("/results"), json!([spring, autumn]));
        assert_eq!(campus.u3.client.get("/terms").expect(200).at("/results"), json!([]));
        campus.u1.client.get("/terms?semester=3").refused_field("semester", "invalid_choice");
        campus.g.client.get("/terms").refused(403, "email_unverified");
    }
}

on_both! {
    fn con_10_a_stale_edit_of_a_school_is_refused(kind) {
        let campus = Campus::open(kind);
        let path = format!("/admin/schools/{}", campus.a.id);
        let admin = &campus.admin.client;
        admin.patch(&path, json!({ "name": "New" })).refused(428, "precondition_required");
        let etag = admin.get(&path).expect(200).etag();
        let edit = |name: &str| admin.call("PATCH", &path).if_match(&etag).json(&json!({ "name": name })).send();
        let edited = edit("New").expect(200);
        assert_eq!(edited.at("/name"), "New");
        assert_eq!(admin.get(&path).expect(200).etag(), edited.etag());
        edit("Newer").refused(412, "precondition_failed");
        // A member more is no edit.
        campus.student("late");
        assert_eq!(admin.get(&path).expect(200).etag(), edited.etag());
        let taken = admin.call("PATCH", &path).if_match(&edited.etag()).json(&json!({ "name": "school b" })).send();
        taken.refused_field("name", "taken");
        assert_eq!(names(&admin.get("/admin/schools?ordering=-created_at&page_size=2").expect(200)), ["School B", "New"]);
    }
}
