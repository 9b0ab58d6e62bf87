//! `GET /comments/{id}`

use super::CommentResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::comments::find_comment;
use madang_domain::ids::CommentId;

pub(crate) fn route() -> Route {
    Route::get("/comments/{id}", Who::guest(), handle)
        .summary("Read a comment with its first replies")
        .answers_detail::<CommentResponse>(200)
        .problems(&[Code::ItemHidden])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: CommentId = call.id("id")?;
    let seen = call.read(call.nothing(), move |uow, ctx, ()| find_comment(uow, ctx, id)).await?;
    let reply = call.reply();
    Ok(reply.detail(&CommentResponse::new(&seen, &reply)))
}
