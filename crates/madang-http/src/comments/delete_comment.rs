//! `DELETE /comments/{id}`

use super::CommentResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::comments::delete_comment;
use madang_domain::ids::CommentId;

pub(crate) fn route() -> Route {
    Route::delete("/comments/{id}", Who::student(), handle)
        .summary("Delete an own comment")
        .answers_empty(204)
        .problems(&[Code::ItemHidden])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: CommentId = call.id("id")?;
    let (precondition, reply) = (call.precondition(), call.reply());
    call.write(
        call.nothing(),
        move |uow, ctx, ()| {
            delete_comment(uow, ctx, id, &|seen| {
                precondition
                    .holds_for(reply.viewer(), |viewer| CommentResponse::new(seen, &reply.seen_by(viewer)))
            })
        },
        no_content,
    )
    .await
}
