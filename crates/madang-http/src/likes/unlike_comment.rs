//! `DELETE /comments/{id}/likes`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::CommentId;
use madang_domain::likes::unlike_comment;

pub(crate) fn route() -> Route {
    Route::delete("/comments/{id}/likes", Who::student().unrestricted(), handle)
        .summary("Take the like of a comment back, where the board allows it")
        .answers_empty(204)
        .problems(&[Code::ItemHidden, Code::MethodNotAllowed])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: CommentId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| unlike_comment(uow, ctx, id), no_content).await
}
