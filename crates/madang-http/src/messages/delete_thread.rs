//! `DELETE /message-threads/{id}`

use super::response::ThreadResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ids::MessageThreadId;
use madang_domain::messages::{ThreadView, delete_thread};

pub(crate) fn route() -> Route {
    Route::delete("/message-threads/{id}", Who::student(), handle)
        .summary("Delete a message thread on the own side")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: MessageThreadId = call.id("id")?;
    let (precondition, viewer) = (call.precondition(), call.viewer());
    call.write(
        call.nothing(),
        move |uow, ctx, ()| {
            let as_seen =
                |thread: &ThreadView| precondition.holds(|| ThreadResponse::new(thread, ctx, &viewer));
            delete_thread(uow, ctx, id, &as_seen)
        },
        no_content,
    )
    .await
}
