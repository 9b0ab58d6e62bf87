//! Letters of ANON-5 about what is not offered yet: messages, notices, and what staff do about an item. Today
//! nobody learns anything by them because they are not there; whoever adds one has to bring the proof of its letter.

use super::World;
use crate::on_both;
use serde_json::{Value, json};

/// What will be offered, by the beginnings of its paths.
fn assert_not_offered(world: &World, letter: &str, beginnings: &[&str]) {
    let document = world.campus.v.get("//openapi.json").expect(200).json();
    for path in document["paths"].as_object().unwrap().keys() {
        let path = path.strip_prefix("/api/v1").unwrap_or(path);
        let offered = beginnings.iter().any(|beginning| path.starts_with(beginning));
        assert!(!offered, "{path} is offered now: prove {letter} of it, and take it out here");
    }
}

/// What each of the others may not do with `item`, and why, by one of the acts that are not offered.
fn refusals(world: &World, item: &str, act: &str) -> Vec<(&'static str, Value, Value)> {
    let readers = world.others().into_iter().filter(|(name, _)| *name != "visitor" && *name != "stranger");
    let seen = readers.map(|(name, client)| {
        let item = client.get(item).expect(200);
        (name, item.at(&format!("/can/{act}")), item.at(&format!("/cannot/{act}")))
    });
    seen.collect()
}

/// An anonymous item and a named one are refused alike.
fn assert_refused_alike(world: &World, act: &str) {
    let named = world.campus.post(&world.stand_in, "By name");
    let anonymous = refusals(world, &format!("/posts/{}", world.posts[0]), act);
    assert_eq!(anonymous, refusals(world, &format!("/posts/{named}"), act));
    assert!(anonymous.len() > 4);
    for (reader, can, cannot) in anonymous {
        let guest = reader == "guest";
        assert_eq!(can, json!(false), "{reader}");
        assert!(guest || cannot == json!("not_found"), "{reader}: {cannot}");
    }
}

on_both! {
    fn anon_5g_nobody_sends_messages_yet(kind) {
        let world = World::new(kind);
        assert_not_offered(&world, "ANON-5g", &["/message"]);
        assert_refused_alike(&world, "message");
    }

    fn anon_5i_sanctions_and_appeals_are_not_offered_yet(kind) {
        let world = World::empty(kind);
        let acts = ["/moderation/sanctions", "/moderation/appeals", "/appeals", "/me/sanctions/{id}/appeal"];
        assert_not_offered(&world, "ANON-5i", &acts);
    }
}
