//! `DELETE /posts/{id}`

use super::PostResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::PostId;
use madang_domain::posts::delete_post;

pub(crate) fn route() -> Route {
    Route::delete("/posts/{id}", Who::student(), handle)
        .summary("Delete an own post")
        .answers_empty(204)
        .problems(&[Code::ItemHidden, Code::QuestionLocked])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PostId = call.id("id")?;
    let (precondition, viewer) = (call.precondition(), call.viewer());
    call.write(
        call.nothing(),
        move |uow, ctx, ()| {
            delete_post(uow, ctx, id, &|seen| {
                precondition.holds_for(&viewer, |viewer| PostResponse::new(seen, viewer))
            })
        },
        no_content,
    )
    .await
}
