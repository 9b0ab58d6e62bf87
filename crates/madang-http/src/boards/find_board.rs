//! `GET /boards/{id}`

use super::BoardResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::boards::find_board;
use madang_domain::ids::BoardId;

pub(crate) fn route() -> Route {
    Route::get("/boards/{id}", Who::guest(), handle)
        .summary("Read a board")
        .answers_detail::<BoardResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BoardId = call.id("id")?;
    let viewer = call.viewer();
    let board = call
        .read(call.nothing(), move |uow, ctx, ()| {
            find_board(uow, ctx, id).map(|view| BoardResponse::new(&view, ctx, &viewer))
        })
        .await?;
    Ok(call.reply().detail(&board))
}
