//! `GET /posts/hot`

use super::PostItemResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::posts::list_hot_posts;

const LIST: List = List::feed(&[Filter::id("board")]).fixed(&["-hot_at"]);

pub(crate) fn route() -> Route {
    Route::get("/posts/hot", Who::guest(), handle)
        .summary("List the hot posts")
        .list(&LIST)
        .answers::<Feed<PostItemResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let feed = call
        .read(query.clone(), |uow, ctx, query| list_hot_posts(uow, ctx, query.ids("board"), query.feed()))
        .await?;
    let viewer = call.viewer();
    Ok(call.reply().feed(&query?, feed.map(|post| PostItemResponse::new(&post, &viewer))))
}
