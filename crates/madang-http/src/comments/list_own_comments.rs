//! `GET /me/comments`

use super::OwnCommentResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::comments::{OwnCommentFilter, list_own_comments};

const LIST: List = List::feed(&[Filter::id("board"), Filter::id("post"), Filter::time("created_at")])
    .fixed(&["-created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/me/comments", Who::guest(), handle)
        .summary("List one's own comments, anonymous ones included")
        .list(&LIST)
        .answers::<Feed<OwnCommentResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let feed = call
        .read(query.clone(), |uow, ctx, query| {
            let filter = OwnCommentFilter {
                board: query.ids("board"),
                post: query.ids("post"),
                created_at: query.times("created_at"),
            };
            list_own_comments(uow, ctx, &filter, query.feed())
        })
        .await?;
    let viewer = call.viewer();
    Ok(call.reply().feed(&query?, feed.map(|own| OwnCommentResponse::new(&own, &viewer))))
}
