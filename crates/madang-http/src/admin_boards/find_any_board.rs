//! `GET /admin/boards/{id}`

use super::response::AdminBoardResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::boards::find_any_board;
use madang_domain::ids::BoardId;

pub(crate) fn route() -> Route {
    Route::get("/admin/boards/{id}", Who::moderator(), handle)
        .summary("Read a board, deleted or not")
        .answers_detail::<AdminBoardResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BoardId = call.id("id")?;
    let view = call.read(call.nothing(), move |uow, ctx, ()| find_any_board(uow, ctx, id)).await?;
    Ok(call.reply().detail(&AdminBoardResponse::new(&view, &call.viewer())))
}
