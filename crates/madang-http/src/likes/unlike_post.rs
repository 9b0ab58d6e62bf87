//! `DELETE /posts/{id}/likes`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::PostId;
use madang_domain::likes::unlike_post;

pub(crate) fn route() -> Route {
    Route::delete("/posts/{id}/likes", Who::student().unrestricted(), handle)
        .summary("Take the like of a post back, where the board allows it")
        .answers_empty(204)
        .problems(&[Code::ItemHidden, Code::MethodNotAllowed, Code::LikeLocked])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PostId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| unlike_post(uow, ctx, id), no_content).await
}
