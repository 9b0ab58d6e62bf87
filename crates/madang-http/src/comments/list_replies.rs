//! `GET /comments/{id}/replies`

use super::CommentResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::List;
use crate::problem::{Code, Problem};
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::comments::list_replies;
use madang_domain::ids::CommentId;

const LIST: List = List::feed(&[]).fixed(&["created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/comments/{id}/replies", Who::guest(), handle)
        .summary("List the replies to a comment")
        .list(&LIST)
        .answers::<Feed<CommentResponse>>(200)
        .problems(&[Code::ItemHidden])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let parent: CommentId = call.id("id")?;
    let query = call.list(&LIST);
    let feed =
        call.read(query.clone(), move |uow, ctx, query| list_replies(uow, ctx, parent, query.feed())).await?;
    let reply = call.reply();
    Ok(reply.feed(&query?, feed.map(|seen| CommentResponse::new(&seen, &reply))))
}
