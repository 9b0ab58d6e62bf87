//! `PUT /boards/{id}/favourite`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::boards::add_favourite;
use madang_domain::ids::BoardId;

pub(crate) fn route() -> Route {
    Route::put("/boards/{id}/favourite", Who::student(), handle)
        .summary("Keep a board at hand")
        .answers_empty(204)
        .problems(&[Code::LimitReached])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BoardId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| add_favourite(uow, ctx, id), no_content).await
}
