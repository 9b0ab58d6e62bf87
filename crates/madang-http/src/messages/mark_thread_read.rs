//! `PUT /message-threads/{id}/read`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ids::MessageThreadId;
use madang_domain::messages::mark_thread_read;

pub(crate) fn route() -> Route {
    Route::put("/message-threads/{id}/read", Who::student(), handle)
        .summary("Mark a message thread read")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: MessageThreadId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| mark_thread_read(uow, ctx, id), no_content).await
}
