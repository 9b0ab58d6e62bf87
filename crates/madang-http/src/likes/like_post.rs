//! `POST /posts/{id}/likes`

use super::LikeStateResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::PostId;
use madang_domain::likes::like_post;

pub(crate) fn route() -> Route {
    Route::post("/posts/{id}/likes", Who::student().unrestricted(), handle)
        .summary("Like a post")
        .answers::<LikeStateResponse>(201)
        .problems(&[Code::OwnItem, Code::ItemHidden, Code::TargetTooOld, Code::AlreadyLiked])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PostId = call.id("id")?;
    call.write(
        call.nothing(),
        move |uow, ctx, ()| like_post(uow, ctx, id),
        move |reply, state| reply.added(&format!("/posts/{id}"), &LikeStateResponse::from(state)),
    )
    .await
}
