//! Where to begin: `GET /api/v1`.

use crate::answer::Answer;
use crate::api::BASE;
use crate::call::Visit;
use crate::problem::Problem;
use crate::route::{Route, Visitor};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The collections that a caller may begin with.
const ENTRIES: [&str; 4] = ["schools", "boards", "posts", "me"];

#[derive(Serialize, ToSchema)]
struct ApiRoot {
    /// Always `Madang`.
    name: &'static str,
    /// The version of the server.
    version: &'static str,
    /// Absolute URLs by name.
    links: BTreeMap<&'static str, String>,
}

pub(super) fn route() -> Route {
    Route::get("", Visitor, handle).summary("Where to begin").answers::<ApiRoot>(200)
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    visit.nothing()?;
    let reply = visit.reply();
    let root = &visit.api().settings.public_url;
    let mut links: BTreeMap<_, _> = ENTRIES.map(|name| (name, reply.url(&format!("/{name}")))).into();
    links.insert("self", format!("{root}{BASE}"));
    links.insert("docs", format!("{root}/docs"));
    links.insert("openapi", format!("{root}/openapi.json"));
    Ok(reply.ok(&ApiRoot { name: "Madang", version: env!("CARGO_PKG_VERSION"), links }))
}
