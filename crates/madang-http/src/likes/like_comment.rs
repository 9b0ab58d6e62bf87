//! `POST /comments/{id}/likes`

use super::LikeStateResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::CommentId;
use madang_domain::likes::like_comment;

pub(crate) fn route() -> Route {
    Route::post("/comments/{id}/likes", Who::student().unrestricted(), handle)
        .summary("Like a comment")
        .answers::<LikeStateResponse>(201)
        .problems(&[Code::OwnItem, Code::ItemHidden, Code::TargetTooOld, Code::AlreadyLiked])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: CommentId = call.id("id")?;
    call.write(
        call.nothing(),
        move |uow, ctx, ()| like_comment(uow, ctx, id),
        move |reply, state| reply.added(&format!("/comments/{id}"), &LikeStateResponse::from(state)),
    )
    .await
}
