//! Leads: a private list of contacts.

use crate::on_both;
use madang_harness::{Campus, Person, Response};
use serde_json::{Value, json};
use std::time::Duration;

fn add(person: &Person, name: &str, email: &str) -> Response {
    person.client.post("/leads", json!({ "name": name, "email": email, "message": format!("About {name}") }))
}

fn names(person: &Person, query: &str) -> Vec<String> {
    let page = person.client.get(&format!("/leads{query}")).expect(200);
    let names: Vec<_> =
        page.at("/results").as_array().unwrap().iter().map(|row| row["name"].clone()).collect();
    names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn s_59_lead_1_a_lead_exists_for_its_owner_alone(kind) {
        let campus = Campus::open(kind);
        let created = add(&campus.u1, " Park ", "Park@Firm.test").expect(201);
        let path = format!("/leads/{}", created.string("/id"));
        assert!(created.header("location").unwrap().ends_with(&path));
        assert_eq!((created.at("/name"), created.at("/email")), (json!("Park"), json!("Park@firm.test")));
        let read = campus.u1.client.get(&path).expect(200);
        assert_eq!((read.etag(), read.text()), (created.etag(), created.text()));

        for other in [&campus.u2, &campus.u3, &campus.moderator, &campus.admin] {
            other.client.get(&path).refused(404, "not_found");
            other.client.patch(&path, json!({ "name": "Mine" })).refused(404, "not_found");
            other.client.delete(&path).refused(404, "not_found");
            assert!(names(other, "").is_empty());
        }
        campus.v.get(&path).refused(401, "authentication_required");
        campus.v.post("/leads", json!({})).refused(401, "authentication_required");
        let owned = json!({ "name": "A", "email": "a@firm.test", "owner": campus.u2.id });
        campus.u1.client.post("/leads", owned).refused_field("owner", "unknown_field");
        campus.u1.client.patch(&path, json!({ "owner": campus.u2.id })).refused_field("owner", "unknown_field");
        assert!(names(&campus.u2, "").is_empty());
        campus.g.client.get("/leads").expect(200);
        add(&campus.g, "A", "a@firm.test").refused(403, "email_unverified");
    }
}

on_both! {
    fn lead_2_fields_have_bounds_and_addresses_are_taken_once_an_owner(kind) {
        let campus = Campus::open(kind);
        let client = &campus.u1.client;
        let long = |n: usize| "가".repeat(n);
        let body = json!({ "name": long(101), "email": "nobody", "message": long(501) });
        let refused = client.post("/leads", body).problem();
        let expected = [("email", "invalid"), ("message", "max_length"), ("name", "max_length")];
        assert_eq!(refused.errors, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
        client.post("/leads", json!({ "name": " " })).refused_field("email", "required");
        client.post("/leads", json!({ "name": " ", "email": "a@firm.test" })).refused_field("name", "blank");
        let body = json!({ "name": long(100), "email": "a@firm.test", "message": long(500) });
        let first = client.post("/leads", body).expect(201);
        add(&campus.u1, "Again", "Ａ@FIRM.test").refused_field("email", "taken");
        add(&campus.u2, "Other", "a@firm.test").expect(201);

        let second = add(&campus.u1, "Second", "b@firm.test").expect(201);
        let path = format!("/leads/{}", second.string("/id"));
        client.patch(&path, json!({ "email": "A@firm.test" })).refused_field("email", "taken");
        let stale = client.call("PATCH", &path).if_match(&first.etag()).json(&json!({ "name": "X" })).send();
        stale.refused(412, "precondition_failed");
        let same = client.patch(&path, json!({ "name": "Second" })).expect(200);
        assert_eq!(same.etag(), second.etag(), "a change of nothing changes nothing");
        let changed = client.call("PATCH", &path).if_match(&second.etag()).json(&json!({ "name": "2nd", "message": null }));
        let changed = changed.send().expect(200);
        assert_eq!((changed.at("/name"), changed.at("/message")), (json!("2nd"), Value::Null));
        assert_ne!(changed.at("/updated_at"), changed.at("/created_at"));
        assert_eq!(client.get(&path).expect(200).etag(), changed.etag());
    }
}

on_both! {
    fn lead_1_lists_filter_order_and_page(kind) {
        let campus = Campus::open(kind);
        for (name, email) in [("Bora", "b@one.test"), ("arum", "a@two.test"), ("100%", "c@one.test")] {
            add(&campus.u1, name, email).expect(201);
        }
        assert_eq!(names(&campus.u1, ""), ["100%", "arum", "Bora"]);
        assert_eq!(names(&campus.u1, "?ordering=created_at"), ["Bora", "arum", "100%"]);
        assert_eq!(names(&campus.u1, "?ordering=name"), ["100%", "arum", "Bora"]);
        assert_eq!(names(&campus.u1, "?name__icontains=AR"), ["arum"]);
        assert_eq!(names(&campus.u1, "?name__contains=0%25"), ["100%"]);
        assert_eq!(names(&campus.u1, "?email__endswith=one.test&ordering=name"), ["100%", "Bora"]);
        assert!(names(&campus.u1, "?created_at__lt=2020-01-01T00:00:00Z").is_empty());
        campus.u1.client.get("/leads?owner=1").refused(400, "unknown_parameter");
        let page = campus.u1.client.get("/leads?page_size=2").expect(200);
        assert_eq!(page.at("/count"), json!(3));
        assert!(page.at("/next").is_string() && page.at("/previous").is_null());
        campus.u1.client.get("/leads?page=3&page_size=2").refused(404, "not_found");
    }
}

on_both! {
    fn del_2_a_lead_waits_in_its_owners_trash_and_comes_back_as_it_was(kind) {
        let campus = Campus::open(kind);
        let created = add(&campus.u1, "Park", "park@firm.test").expect(201);
        let id = created.string("/id");
        let (path, restore) = (format!("/leads/{id}"), format!("/me/trash/{id}/restore"));
        let stale = campus.u1.client.call("DELETE", &path).if_match("\"stale\"").send();
        stale.refused(412, "precondition_failed");
        campus.u1.client.delete(&path).expect(204);
        campus.u1.client.delete(&path).refused(404, "not_found");
        campus.u1.client.get(&path).refused(404, "not_found");
        campus.u1.client.patch(&path, json!({ "name": "X" })).refused(404, "not_found");
        assert!(names(&campus.u1, "").is_empty());
        let trash = campus.u1.client.get("/me/trash?type=lead").expect(200);
        assert_eq!((trash.at("/results/0/id"), trash.at("/results/0/title")), (json!(id), json!("Park")));
        assert_eq!(trash.at("/results/0/can/restore"), json!(true));
        campus.u2.client.call("POST", &restore).send().refused(404, "not_found");
        // Another's lead with the address takes no place of this one.
        add(&campus.u2, "Theirs", "park@firm.test").expect(201);
        assert_eq!(campus.u1.client.get("/me/trash").at("/results/0/can/restore"), json!(true));

        let other = add(&campus.u1, "New", "PARK@firm.test").expect(201).string("/id");
        campus.u1.client.call("POST", &restore).send().refused(409, "not_restorable");
        let foretold = campus.u1.client.get("/me/trash").expect(200);
        let told = (foretold.at("/results/0/can/restore"), foretold.at("/results/0/cannot/restore"));
        assert_eq!(told, (json!(false), json!("not_restorable")));
        campus.u1.client.delete(&format!("/leads/{other}")).expect(204);
        let both = campus.u1.client.get("/me/trash").expect(200);
        assert_eq!((both.at("/results/0/can/restore"), both.at("/results/1/can/restore")), (json!(true), json!(true)));
        let restored = campus.u1.client.call("POST", &restore).send().expect(200);
        assert_eq!(restored.at("/type"), "lead");
        assert!(restored.string("/url").ends_with(&path));
        assert_eq!(campus.u1.client.get(&path).expect(200).text(), created.text());
        assert_eq!(campus.u1.client.get("/me/trash").expect(200).at("/results/1"), Value::Null);

        campus.u1.client.delete(&path).expect(204);
        campus.server.clock().advance(Duration::from_secs(31 * 24 * 3600));
        let later = campus.u1.log_in();
        assert_eq!(later.client.get("/me/trash").expect(200).at("/results"), json!([]));
        let refused = later.client.call("POST", &restore).send().status;
        assert!([404, 409].contains(&refused), "{refused}");
    }
}

on_both! {
    fn con_10_parallel_changes_of_a_lead_have_one_winner(kind) {
        let campus = Campus::open(kind);
        let created = add(&campus.u1, "Park", "park@firm.test").expect(201);
        let path = format!("/leads/{}", created.string("/id"));
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..6).map(|n| {
                let (client, path, etag) = (campus.u1.client.clone(), path.clone(), created.etag());
                scope.spawn(move || {
                    client.call("PATCH", &path).if_match(&etag).json(&json!({ "name": format!("N{n}") })).send().status
                })
            }).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 5, "{statuses:?}");
        let added: Vec<u16> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..6).map(|_| scope.spawn(|| add(&campus.u2, "One", "one@firm.test").status)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(added.iter().filter(|status| **status == 201).count(), 1, "{added:?}");
        assert_eq!(added.iter().filter(|status| **status == 400).count(), 5, "{added:?}");
    }
}
