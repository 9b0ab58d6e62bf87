//! `GET /message-threads/{id}/messages`

use super::response::MessageResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::{Code, Problem};
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::ids::MessageThreadId;
use madang_domain::messages::list_messages;

const LIST: List = List::feed(&[Filter::time("created_at")]).fixed(&["-created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/message-threads/{id}/messages", Who::student(), handle)
        .summary("List the messages of an own thread")
        .list(&LIST)
        .answers::<Feed<MessageResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: MessageThreadId = call.id("id")?;
    let query = call.list(&LIST);
    let found = call
        .read(query.clone(), move |uow, ctx, query| {
            list_messages(uow, ctx, id, &query.times("created_at"), query.feed())
        })
        .await?;
    let (thread, feed) = found.ok_or(Problem::from(Code::NotFound))?;
    let viewer = call.viewer();
    Ok(call.reply().feed(&query?, feed.map(|message| MessageResponse::new(&thread, &message, &viewer))))
}
