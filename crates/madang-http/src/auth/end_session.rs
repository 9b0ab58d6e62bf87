//! Ending one of the caller's sessions (AUTH-19).

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_auth::sessions::end_session;
use madang_domain::ids::SessionId;

pub(super) fn route() -> Route {
    Route::delete("/auth/sessions/{id}", Who::guest().session_only(), handle)
        .summary("End an own session")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: SessionId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| end_session(uow, ctx, id), no_content).await
}
