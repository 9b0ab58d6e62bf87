//! `GET /posts`

use super::PostItemResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::posts::{PostFilter, list_posts};

const LIST: List = List::feed(&[
    Filter::id("board"),
    Filter::id("author"),
    Filter::text("title"),
    Filter::text("contents"),
    Filter::text("hashtag"),
    Filter::bool("is_question"),
    Filter::bool("is_anonymous"),
    Filter::number("like_count"),
    Filter::number("comment_count"),
    Filter::time("created_at"),
    Filter::id("school"),
])
.searchable()
.ordered(&["-created_at", "created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/posts", Who::guest(), handle)
        .summary("List the posts of all boards")
        .list(&LIST)
        .answers::<Feed<PostItemResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let feed = call
        .read(query.clone(), |uow, ctx, query| list_posts(uow, ctx, &filter(query), query.feed()))
        .await?;
    let viewer = call.viewer();
    Ok(call.reply().feed(&query?, feed.map(|post| PostItemResponse::new(&post, &viewer))))
}

/// The filters of every list of posts; those that a list does not offer are empty.
pub(super) fn filter(query: &ListQuery) -> PostFilter {
    PostFilter {
        board: query.ids("board"),
        author: query.ids("author"),
        school: query.ids("school"),
        title: query.texts("title"),
        contents: query.texts("contents"),
        hashtag: query.texts("hashtag"),
        is_question: query.bool("is_question"),
        is_anonymous: query.bool("is_anonymous"),
        like_count: query.numbers("like_count"),
        comment_count: query.numbers("comment_count"),
        created_at: query.times("created_at"),
        best_within: None,
        search: query.search().cloned(),
    }
}
