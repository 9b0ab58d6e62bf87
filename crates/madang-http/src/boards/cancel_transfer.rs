//! `DELETE /boards/{id}/transfer`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::boards::cancel_transfer;
use madang_domain::ids::BoardId;

pub(crate) fn route() -> Route {
    Route::delete("/boards/{id}/transfer", Who::student(), handle)
        .summary("Take the offer of a board back, or decline it")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BoardId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| cancel_transfer(uow, ctx, id), no_content).await
}
