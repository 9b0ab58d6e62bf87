//! Events as they happen (NOT-6).

use crate::on_both;
use madang_harness::{Campus, Client, Config, EventStream, Frame, Kind, Person, Server};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Longer than any event takes.
const SOON: Duration = Duration::from_secs(10);
/// Longer than it takes to ask whether something has happened.
const A_WHILE: Duration = Duration::from_millis(2500);

fn follow(client: &Client) -> EventStream {
    let stream = client.call("GET", "/events").stream();
    assert_eq!(stream.head.status, 200);
    stream
}

/// The next event, which is of this name; its id and data.
#[track_caller]
fn event(stream: &EventStream, name: &str) -> (Option<String>, Value) {
    match stream.next_event(SOON) {
        Frame::Event(found, id, data) if found == name => (id, data),
        other => panic!("wanted {name}, got {other:?}"),
    }
}

fn counts(notifications: i64) -> Value {
    json!({ "notifications": notifications, "messages": 0, "friend_requests": 0 })
}

#[track_caller]
fn assert_ends(stream: &EventStream) {
    assert_eq!(stream.next_event(SOON), Frame::End);
}

fn first_notice(person: &Person) -> Value {
    person.client.get("/notifications").expect(200).at("/results/0")
}

/// Signs of life come each second.
fn lively() -> Config {
    Config::default().with("events.heartbeat_seconds", 1)
}

on_both! {
    fn not_6_what_is_told_comes_as_it_happens_and_as_the_list_shows_it(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Lunch");
        let (one, two) = (follow(&campus.u1.client), follow(&campus.u2.client));
        let header = |name: &str| one.head.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str());
        assert_eq!((header("content-type"), header("cache-control")), (Some("text/event-stream"), Some("no-store")));
        assert_eq!((header("content-encoding"), header("x-accel-buffering")), (None, Some("no")));
        assert_eq!((event(&one, "unread"), event(&two, "unread")), ((None, counts(0)), (None, counts(0))));
        campus.comment(&campus.u2, &post, "When?");
        let (id, data) = event(&one, "notification");
        assert_eq!((id.is_some(), data), (true, first_notice(&campus.u1)));
        assert_eq!(event(&one, "unread").1, counts(1));
        // Reading moves the numbers.
        campus.u1.client.put("/notifications/read").expect(204);
        assert_eq!(event(&one, "unread").1, counts(0));
        // Nobody else is told anything.
        assert_eq!(two.next_event(A_WHILE), Frame::Silence);
        campus.v.get("/events").refused(401, "authentication_required");
        campus.u1.client.get("/events?since=1").refused(400, "unknown_parameter");
        assert_eq!(campus.u1.client.call("HEAD", "/events").send().expect(200).header("content-type"), Some("text/event-stream"));
    }

    fn not_6_a_stream_tells_only_what_is_in_sight(kind) {
        let campus = Campus::with(kind, lively());
        let post = campus.post(&campus.u1, "Lunch");
        let stream = follow(&campus.u1.client);
        event(&stream, "unread");
        let comment = campus.comment(&campus.u2, &post, "When?");
        event(&stream, "notification");
        assert_eq!(event(&stream, "unread").1, counts(1));
        // What goes out of sight is counted no more, and comes back.
        campus.u2.client.delete(&format!("/comments/{comment}")).expect(204);
        assert_eq!(event(&stream, "unread").1, counts(0));
        campus.u2.client.call("POST", &format!("/me/trash/{comment}/restore")).send().expect(200);
        assert_eq!(event(&stream, "unread").1, counts(1));
        // Whoever is blocked is neither told of nor counted.
        campus.u1.client.post("/blocks", json!({ "target_type": "user", "target_id": campus.u2.id })).expect(201);
        assert_eq!(event(&stream, "unread").1, counts(0));
        campus.comment(&campus.u2, &post, "Well?");
        assert_eq!(stream.next_event(A_WHILE), Frame::Silence);
    }

    fn not_6_signs_of_life_come_and_places_are_counted(kind) {
        let campus = Campus::with(kind, lively().with("events.streams_max", 2));
        let streams = [follow(&campus.u1.client), follow(&campus.u1.client)];
        let refused = campus.u1.client.get("/events").refused(429, "too_many_streams");
        assert_eq!((refused.at("/limit"), refused.header("retry-after")), (json!(2), Some("15")));
        follow(&campus.u2.client);
        event(&streams[0], "unread");
        assert_eq!(streams[0].next(SOON), Frame::Comment);
        let [left, kept] = streams;
        drop(left);
        let begun = Instant::now();
        while campus.u1.client.get("/events").status == 429 {
            assert!(begun.elapsed() < SOON, "the place is free again");
            std::thread::sleep(Duration::from_millis(100));
        }
        assert_ne!(kept.next(SOON), Frame::End);
    }

    fn not_6_a_stream_ends_with_its_token_and_its_session(kind) {
        let campus = Campus::open(kind);
        let (leaving, staying) = (campus.u1.log_in(), campus.u1.log_in());
        let (ended, open) = (follow(&leaving.client), follow(&staying.client));
        event(&ended, "unread");
        event(&open, "unread");
        leaving.client.call("POST", "/auth/logout").from_script().send().expect(204);
        assert_ends(&ended);
        assert_eq!(open.next_event(A_WHILE), Frame::Silence);
        campus.server.clock().advance(Duration::from_secs(3600));
        assert_ends(&open);
    }

    fn not_6_who_comes_back_misses_nothing_or_is_told_to_read_anew(kind) {
        let campus = Campus::open(kind);
        let post = campus.post(&campus.u1, "Lunch");
        let stream = follow(&campus.u1.client);
        event(&stream, "unread");
        campus.comment(&campus.u2, &post, "One");
        let (id, _) = event(&stream, "notification");
        drop(stream);
        for contents in ["Two", "Three"] {
            campus.server.clock().advance(Duration::from_secs(1));
            campus.comment(&campus.u2, &post, contents);
        }
        let again = |id: &str| campus.u1.client.call("GET", "/events").header("last-event-id", id).stream();
        let stream = again(&id.unwrap());
        let missed = [event(&stream, "notification").1, event(&stream, "notification").1];
        let listed = campus.u1.client.get("/notifications").expect(200).at("/results");
        assert_eq!([&missed[1], &missed[0]], [&listed[0], &listed[1]]);
        assert_eq!(event(&stream, "unread").1, counts(3));
        let lost = again("another");
        assert_eq!((event(&lost, "resync").1, event(&lost, "unread").1), (json!({}), counts(3)));
    }

    fn not_6_a_server_that_stops_ends_its_streams(kind) {
        let server = Server::start(kind, Config::default());
        let campus = Campus::on(server);
        let stream = follow(&campus.u1.client);
        event(&stream, "unread");
        let begun = Instant::now();
        campus.server.stop();
        assert_ends(&stream);
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
}

#[test]
fn not_6_what_happens_at_one_node_is_told_at_the_other() {
    if !Kind::Postgres.is_here() {
        return;
    }
    let campus = Campus::open(Kind::Postgres);
    let other = campus.server.node();
    let post = campus.post(&campus.u1, "Lunch");
    let stream = follow(&campus.u1.client.at(other.address()));
    event(&stream, "unread");
    campus.comment(&campus.u2, &post, "When?");
    assert_eq!(event(&stream, "notification").1, first_notice(&campus.u1));
    assert_eq!(event(&stream, "unread").1, counts(1));
    campus.u1.log_in().client.call("POST", "/auth/logout-all").send().expect(204);
    assert_ends(&stream);
}
