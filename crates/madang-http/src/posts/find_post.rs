//! `GET /posts/{id}`

use super::PostResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ids::PostId;
use madang_domain::posts::find_post;

pub(crate) fn route() -> Route {
    Route::get("/posts/{id}", Who::guest(), handle).summary("Read a post").answers_detail::<PostResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PostId = call.id("id")?;
    let seen = call.read(call.nothing(), move |uow, ctx, ()| find_post(uow, ctx, id)).await?;
    Ok(call.reply().detail(&PostResponse::new(&seen, call.language())))
}
