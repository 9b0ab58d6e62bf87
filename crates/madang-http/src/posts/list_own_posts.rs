//! `GET /me/posts`

use super::PostItemResponse;
use super::list_posts::filter;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::posts::list_own_posts;

const LIST: List = List::feed(&[
    Filter::id("board"),
    Filter::bool("is_anonymous"),
    Filter::bool("is_question"),
    Filter::time("created_at"),
])
.searchable()
.fixed(&["-created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/me/posts", Who::guest(), handle)
        .summary("List one's own posts, anonymous ones included")
        .list(&LIST)
        .answers::<Feed<PostItemResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let feed = call
        .read(query.clone(), |uow, ctx, query| list_own_posts(uow, ctx, &filter(query), query.feed()))
        .await?;
    let viewer = call.viewer();
    Ok(call.reply().feed(&query?, feed.map(|post| PostItemResponse::new(&post, &viewer))))
}
