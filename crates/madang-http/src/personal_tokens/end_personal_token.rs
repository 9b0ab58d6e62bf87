//! Ending one of the caller's personal tokens.

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_auth::personal_tokens::end_personal_token;
use madang_domain::ids::PersonalTokenId;

pub(super) fn route() -> Route {
    Route::delete("/auth/tokens/{id}", Who::guest().session_only(), handle)
        .summary("End an own personal token")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PersonalTokenId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| end_personal_token(uow, ctx, id), no_content).await
}
