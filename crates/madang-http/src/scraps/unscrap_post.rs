//! `DELETE /posts/{id}/scrap`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ids::PostId;
use madang_domain::scraps::unscrap_post;

pub(crate) fn route() -> Route {
    Route::delete("/posts/{id}/scrap", Who::student(), handle)
        .summary("Let a kept post go")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PostId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| unscrap_post(uow, ctx, id), no_content).await
}
