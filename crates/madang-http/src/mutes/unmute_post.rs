//! `DELETE /posts/{id}/mute`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ids::PostId;
use madang_domain::mutes::unmute_post;

pub(crate) fn route() -> Route {
    Route::delete("/posts/{id}/mute", Who::student(), handle)
        .summary("Get notices of a post again")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PostId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| unmute_post(uow, ctx, id), no_content).await
}
