//! `PUT /posts/{id}/scrap`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::PostId;
use madang_domain::scraps::scrap_post;

pub(crate) fn route() -> Route {
    Route::put("/posts/{id}/scrap", Who::student(), handle)
        .summary("Keep a post for later")
        .answers_empty(204)
        .problems(&[Code::OwnItem, Code::ItemHidden])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PostId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| scrap_post(uow, ctx, id), no_content).await
}
