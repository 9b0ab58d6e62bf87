//! `POST /boards/{id}/transfer/accept`

use super::BoardResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::boards::{accept_transfer, find_board};
use madang_domain::ids::BoardId;

pub(crate) fn route() -> Route {
    Route::post("/boards/{id}/transfer/accept", Who::student().unrestricted(), handle)
        .summary("Take over a board that was offered")
        .answers_detail::<BoardResponse>(200)
        .problems(&[Code::LimitReached])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BoardId = call.id("id")?;
    let viewer = call.viewer();
    call.write(
        call.nothing(),
        move |uow, ctx, ()| {
            accept_transfer(uow, ctx, id)?;
            let view = find_board(uow, ctx, id)?;
            Ok::<_, Problem>(BoardResponse::new(&view, ctx, &viewer))
        },
        |reply, board| reply.detail(&board),
    )
    .await
}
