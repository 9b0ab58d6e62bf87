//! `DELETE /admin/boards/{id}`

use super::response::AdminBoardResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::boards::delete_any_board;
use madang_domain::ids::BoardId;

pub(crate) fn route() -> Route {
    Route::delete("/admin/boards/{id}", Who::moderator(), handle)
        .summary("Delete a board at any time")
        .answers_empty(204)
        .if_match_required()
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BoardId = call.id("id")?;
    let (precondition, viewer) = (call.precondition(), call.viewer());
    call.write(
        call.nothing(),
        move |uow, ctx, ()| {
            delete_any_board(uow, ctx, id, &|view| {
                precondition.holds_for(&viewer, |viewer| AdminBoardResponse::new(view, viewer))
            })
        },
        no_content,
    )
    .await
}
