//! `PUT /posts/{id}/mute`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::PostId;
use madang_domain::mutes::mute_post;

pub(crate) fn route() -> Route {
    Route::put("/posts/{id}/mute", Who::student(), handle)
        .summary("Get no more notices of a post")
        .answers_empty(204)
        .problems(&[Code::ItemHidden])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PostId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| mute_post(uow, ctx, id), no_content).await
}
