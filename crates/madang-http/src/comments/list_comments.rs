//! `GET /posts/{id}/comments`

use super::CommentResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::List;
use crate::problem::{Code, Problem};
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::comments::list_comments;
use madang_domain::ids::PostId;

const LIST: List = List::feed(&[]).ordered(&["created_at", "-created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/posts/{id}/comments", Who::guest(), handle)
        .summary("List the comments of a post with their first replies")
        .list(&LIST)
        .answers::<Feed<CommentResponse>>(200)
        .problems(&[Code::ItemHidden])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let post: PostId = call.id("id")?;
    let query = call.list(&LIST);
    let feed =
        call.read(query.clone(), move |uow, ctx, query| list_comments(uow, ctx, post, query.feed())).await?;
    let reply = call.reply();
    Ok(reply.feed(&query?, feed.map(|seen| CommentResponse::new(&seen, &reply))))
}
