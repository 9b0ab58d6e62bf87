//! `GET /posts/{id}`

use super::PostResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ids::PostId;
use madang_domain::posts::{FindPostError, find_post};

pub(crate) fn route() -> Route {
    Route::get("/posts/{id}", Who::guest(), handle).summary("Read a post").answers_detail::<PostResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PostId = call.id("id")?;
    let (seen, reader) = call
        .read(call.nothing(), move |uow, ctx, ()| {
            let seen = find_post(uow, ctx, id)?;
            Ok::<_, FindPostError>((seen, ctx.actor.user))
        })
        .await?;
    call.api().views.note(&seen, reader);
    Ok(call.reply().detail(&PostResponse::new(&seen, &call.viewer())))
}
