//! Whether the server can work: `GET /readyz`. Answers within a second, whatever the checks do.

use crate::answer::Answer;
use crate::call::Visit;
use crate::problem::Problem;
use crate::route::{Route, Visitor};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use serde::Serialize;
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::time::Instant;
use utoipa::ToSchema;

const PATIENCE: Duration = Duration::from_millis(900);

#[derive(Serialize, ToSchema)]
struct Ready {
    /// `ready` or `not_ready`.
    status: &'static str,
    /// Each check by name: `ok` or `failed`.
    checks: BTreeMap<&'static str, &'static str>,
}

pub(super) fn route() -> Route {
    Route::get("/readyz", Visitor, handle)
        .at_root()
        .unlimited()
        .summary("Whether the server can work")
        .answers::<Ready>(200)
        .answers::<Ready>(503)
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    visit.nothing()?;
    let probes = &visit.api().probes;
    let deadline = Instant::now() + PATIENCE;
    // All checks start at once, so that one that hangs takes no time from the others.
    let running: Vec<_> =
        probes.checks().iter().map(|(name, check)| (*name, tokio::spawn(check()))).collect();
    let mut checks = BTreeMap::new();
    for (name, check) in running {
        let ok = matches!(tokio::time::timeout_at(deadline, check).await, Ok(Ok(true)));
        checks.insert(name, if ok { "ok" } else { "failed" });
    }
    if probes.is_leaving() {
        checks.insert("serving", "failed");
    }
    let ready = checks.values().all(|result| *result == "ok");
    let (status, word) =
        if ready { (StatusCode::OK, "ready") } else { (StatusCode::SERVICE_UNAVAILABLE, "not_ready") };
    Ok(Answer::json(status, &Ready { status: word, checks })
        .with(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
}
