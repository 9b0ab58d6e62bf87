//! Whether the process runs: `GET /livez`. Touches no database.

use crate::answer::Answer;
use crate::call::Visit;
use crate::problem::Problem;
use crate::route::{Route, Visitor};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
struct Live {
    /// Always `ok`.
    status: &'static str,
}

pub(super) fn route() -> Route {
    Route::get("/livez", Visitor, handle)
        .at_root()
        .unlimited()
        .summary("Whether the process runs")
        .answers::<Live>(200)
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    visit.nothing()?;
    Ok(visit.reply().ok(&Live { status: "ok" }))
}
