//! `DELETE /boards/{id}/favourite`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::boards::remove_favourite;
use madang_domain::ids::BoardId;

pub(crate) fn route() -> Route {
    Route::delete("/boards/{id}/favourite", Who::student(), handle)
        .summary("No longer keep a board at hand")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BoardId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| remove_favourite(uow, ctx, id), no_content).await
}
