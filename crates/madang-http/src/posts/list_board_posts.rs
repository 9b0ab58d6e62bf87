//! `GET /boards/{id}/posts`

use super::PostItemResponse;
use super::list_posts::filter;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::ids::BoardId;
use madang_domain::posts::list_board_posts;

const LIST: List = List::feed(&[
    Filter::id("author"),
    Filter::text("title"),
    Filter::text("contents"),
    Filter::text("hashtag"),
    Filter::bool("is_question"),
    Filter::bool("is_anonymous"),
    Filter::number("like_count"),
    Filter::number("comment_count"),
    Filter::time("created_at"),
])
.searchable()
.ordered(&["-created_at", "created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/boards/{id}/posts", Who::guest(), handle)
        .summary("List the posts of a board")
        .list(&LIST)
        .answers::<Feed<PostItemResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let board: BoardId = call.id("id")?;
    let query = call.list(&LIST);
    let feed = call
        .read(query.clone(), move |uow, ctx, query| {
            list_board_posts(uow, ctx, board, &filter(query), query.feed())
        })
        .await?;
    let viewer = call.viewer();
    Ok(call.reply().feed(&query?, feed.map(|post| PostItemResponse::new(&post, &viewer))))
}
