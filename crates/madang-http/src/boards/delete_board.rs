//! `DELETE /boards/{id}`

use super::BoardResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::boards::delete_board;
use madang_domain::ids::BoardId;

pub(crate) fn route() -> Route {
    Route::delete("/boards/{id}", Who::student(), handle)
        .summary("Delete a quiet board that the caller manages")
        .answers_empty(204)
        .problems(&[Code::BoardActive])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BoardId = call.id("id")?;
    let (precondition, viewer) = (call.precondition(), call.viewer());
    call.write(
        call.nothing(),
        move |uow, ctx, ()| {
            delete_board(uow, ctx, id, &|view| {
                precondition.holds_for(&viewer, |viewer| BoardResponse::new(view, ctx, viewer))
            })
        },
        no_content,
    )
    .await
}
