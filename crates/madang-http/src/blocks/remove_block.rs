//! `DELETE /blocks/{id}`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::BlockId;

pub(crate) fn route() -> Route {
    Route::delete("/blocks/{id}", Who::student(), handle).summary("Take an own block back").answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BlockId = call.id("id")?;
    call.write(
        call.nothing(),
        move |uow, ctx, ()| match uow.blocks().remove(ctx.actor.user, id)? {
            true => Ok(()),
            false => Err(Problem::from(Code::NotFound)),
        },
        no_content,
    )
    .await
}
