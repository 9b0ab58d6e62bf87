//! `GET /message-threads/{id}`

use super::response::ThreadResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::MessageThreadId;

pub(crate) fn route() -> Route {
    Route::get("/message-threads/{id}", Who::student(), handle)
        .summary("Read an own message thread")
        .answers_detail::<ThreadResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: MessageThreadId = call.id("id")?;
    let (ctx, thread) = call
        .read(call.nothing(), move |uow, ctx, ()| {
            Ok::<_, Problem>((ctx.clone(), uow.messages().find(&ctx.actor, id)?))
        })
        .await?;
    let thread = thread.ok_or(Problem::from(Code::NotFound))?;
    Ok(call.reply().detail(&ThreadResponse::new(&thread, &ctx, &call.viewer())))
}
