//! Every GET route, as everybody, with everything that can stand in its path.

use super::world::World;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use madang_harness::{Client, Person, Response};
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use uuid::Uuid;

/// Answers by reader and path.
pub(super) type Crawl = BTreeMap<(&'static str, String), Seen>;

/// What a reader sees of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: String,
}

/// What differs from one request to the next, whoever asks for whatever.
const PASSING: [&str; 5] = ["x-request-id", "date", "ratelimit", "ratelimit-policy", "retry-after"];

impl Seen {
    pub(super) fn new(answer: &Response) -> Self {
        let lasting = |(name, _): &&(String, String)| !PASSING.contains(&name.as_str());
        let mut headers: Vec<_> = answer.headers.iter().filter(lasting).cloned().collect();
        // Their order is chance.
        headers.sort();
        Self { status: answer.status, headers, body: answer.text() }
    }

    /// A body alone: for what is compared between two servers.
    pub(super) fn of_body(body: String) -> Self {
        Self { status: 200, headers: Vec::new(), body }
    }

    /// Where it tells of `person`.
    pub(super) fn leaks(&self, person: &Person, face: &str) -> Vec<String> {
        let mut all: Vec<(&str, String)> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.to_lowercase())).collect();
        all.push(("body", self.body.to_lowercase()));
        let id = person.id.to_lowercase();
        let nickname = madang_harness::person::nickname(&person.username);
        let needles = [
            id.clone(),
            id.replace('-', ""),
            person.username.clone(),
            person.email.clone(),
            nickname,
            face.to_owned(),
            "canary".to_owned(),
        ];
        let mut leaks = Vec::new();
        for (place, text) in all {
            for needle in needles.iter().filter(|needle| text.contains(needle.as_str())) {
                leaks.push(format!("{needle} in {place}"));
            }
        }
        let id = Uuid::parse_str(&person.id).unwrap();
        for cursor in self.body.split("cursor=").skip(1) {
            let cursor: String =
                cursor.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
            let bytes = URL_SAFE_NO_PAD.decode(&cursor).unwrap_or_default();
            if bytes.windows(16).any(|window| window == id.as_bytes()) {
                leaks.push(format!("the id in the cursor {cursor}"));
            }
        }
        leaks
    }

    /// The addresses of pictures that it names.
    fn pictures(&self) -> Vec<String> {
        let quoted = self.body.split('"').filter(|text| text.contains("/api/v1/media/"));
        quoted.filter_map(|url| url.split("/api/v1").nth(1)).map(str::to_owned).collect()
    }

    fn next(&self) -> Option<String> {
        let body: Value = serde_json::from_str(&self.body).ok()?;
        body["next"].as_str()?.split("/api/v1").nth(1).map(str::to_owned)
    }
}

/// The same without the links of pictures, which are each session's own, and without the tags of what they stand in.
pub(super) fn without_links(crawl: Crawl) -> Crawl {
    let blank = |text: &str| -> String {
        let mut parts = text.split("token=");
        let first = parts.next().unwrap_or_default().to_owned();
        let is_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        parts.fold(first, |blanked, part| blanked + "token=" + part.trim_start_matches(is_token))
    };
    let blanked = crawl.into_iter().map(|((name, path), mut seen)| {
        if seen.body.contains("token=") {
            seen.headers.retain(|(name, _)| name != "etag");
            seen.body = blank(&seen.body);
        }
        ((name, blank(&path)), seen)
    });
    blanked.collect()
}

/// Reads everything as each of `readers`.
pub(super) fn crawl(world: &World, readers: &[(&'static str, &Client)]) -> Crawl {
    let document = world.campus.v.get("//openapi.json").expect(200).json();
    let mut crawl = Crawl::new();
    for (template, operations) in document["paths"].as_object().unwrap() {
        let (Some(template), Some(read)) = (template.strip_prefix("/api/v1/"), operations.get("get")) else {
            continue;
        };
        // When a session was last used is the reader's own business, and changes with every request.
        // And a stream has no end; `notices.rs` reads it.
        if matches!(template, "auth/sessions" | "events") {
            continue;
        }
        let parameters: Vec<&str> = read["parameters"]
            .as_array()
            .map(|all| all.iter().filter_map(|parameter| parameter["name"].as_str()).collect())
            .unwrap_or_default();
        for path in paths(world, &format!("/{template}"), &parameters) {
            for (name, client) in readers {
                follow(&mut crawl, name, client, path.clone());
            }
        }
    }
    crawl
}

/// Reads `path`, as a list on to its end, and the pictures that it shows.
fn follow(crawl: &mut Crawl, name: &'static str, client: &Client, path: String) {
    let mut next = Some(path);
    while let Some(path) = next {
        let seen = Seen::new(&client.get(&path));
        next = seen.next();
        for picture in seen.pictures() {
            if let Entry::Vacant(place) = crawl.entry((name, picture.clone())) {
                place.insert(Seen::new(&client.get(&picture)));
            }
        }
        crawl.insert((name, path), seen);
    }
}

fn paths(world: &World, template: &str, parameters: &[&str]) -> Vec<String> {
    let campus = &world.campus;
    let boards = [campus.open_board.clone(), campus.closed_board.clone()];
    let people = [world.canary.id.clone(), world.stand_in.id.clone(), campus.u2.id.clone()];
    let ids: Vec<String> = match template {
        path if path.contains("/boards") => boards.to_vec(),
        path if path.contains("/cases") => world.cases.clone(),
        path if path.contains("/schools") => vec![campus.a.id.clone()],
        path if path.contains("/users") => people.to_vec(),
        path if path.contains("/message-threads") => world.threads.clone(),
        path if path.contains("/comments") && !path.contains("/posts") => world.comments.clone(),
        path if path.contains("/posts") => world.posts.clone(),
        _ => world.posts.iter().chain(&world.comments).cloned().collect(),
    };
    let items = |kind: &'static str, ids: &[String]| -> Vec<String> {
        ids.iter().map(|id| template.replace("{target_type}", kind).replace("{target_id}", id)).collect()
    };
    let bare: Vec<String> = if template.contains("{target_id}") {
        [items("post", &world.posts), items("comment", &world.comments), items("post", &world.deleted)]
            .concat()
    } else if template.contains("{id}") {
        ids.iter().map(|id| template.replace("{id}", id)).collect()
    } else {
        vec![template.to_owned()]
    };
    let bare = bare.into_iter().filter(|path| !path.contains('{'));
    let mut paths = Vec::new();
    for path in bare {
        if parameters.contains(&"limit") {
            paths.push(format!("{path}?limit=3"));
        }
        if parameters.contains(&"author") {
            paths.extend(people.iter().map(|id| format!("{path}?author={id}")));
        }
        if parameters.contains(&"search") {
            paths.push(format!("{path}?search=canary"));
            paths.push(format!("{path}?search=anonymous"));
        }
        if parameters.contains(&"ordering") {
            let first = if parameters.contains(&"page") { "name" } else { "created_at" };
            paths.push(format!("{path}?ordering={first}"));
        }
        paths.push(path);
    }
    paths
}
