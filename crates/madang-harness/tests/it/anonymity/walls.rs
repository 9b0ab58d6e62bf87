//! What ANON-5i says of sanctions and appeals, which are not offered yet: nobody learns anything by what is not there, and
//! whoever adds it has to bring the proof.

use super::World;
use crate::on_both;

/// What will be offered, by the beginnings of its paths.
fn assert_not_offered(world: &World, letter: &str, beginnings: &[&str]) {
    let document = world.campus.v.get("//openapi.json").expect(200).json();
    for path in document["paths"].as_object().unwrap().keys() {
        let path = path.strip_prefix("/api/v1").unwrap_or(path);
        let offered = beginnings.iter().any(|beginning| path.starts_with(beginning));
        assert!(!offered, "{path} is offered now: prove {letter} of it, and take it out here");
    }
}

on_both! {
    fn anon_5i_sanctions_and_appeals_are_not_offered_yet(kind) {
        let world = World::empty(kind);
        let acts = ["/moderation/sanctions", "/moderation/appeals", "/appeals", "/me/sanctions/{id}/appeal"];
        assert_not_offered(&world, "ANON-5i", &acts);
    }
}
