//! `GET /posts/best`

use super::PostItemResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::posts::list_best_posts;

const LIST: List = List::feed(&[Filter::id("board"), Filter::half_year("half_year")]).fixed(&["-best_at"]);

pub(crate) fn route() -> Route {
    Route::get("/posts/best", Who::guest(), handle)
        .summary("List the best posts")
        .list(&LIST)
        .answers::<Feed<PostItemResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let feed = call
        .read(query.clone(), |uow, ctx, query| {
            let halves = query.half_years("half_year");
            list_best_posts(uow, ctx, query.ids("board"), halves.as_ref(), query.feed())
        })
        .await?;
    let viewer = call.viewer();
    Ok(call.reply().feed(&query?, feed.map(|post| PostItemResponse::new(&post, &viewer))))
}
