//! `GET /message-threads`

use super::response::ThreadResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::messages::{ContextKind, ThreadFilter};

const LIST: List =
    List::feed(&[Filter::bool("is_unread"), Filter::choice("context_type", &["post", "comment", "user"])])
        .fixed(&["-last_message_at"]);

pub(crate) fn route() -> Route {
    Route::get("/message-threads", Who::student(), handle)
        .summary("List the own message threads")
        .list(&LIST)
        .answers::<Feed<ThreadResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let (ctx, feed) = call
        .read(query.clone(), |uow, ctx, query| {
            let feed = uow.messages().list(&ctx.actor, &thread_filter(query), query.feed())?;
            Ok::<_, Problem>((ctx.clone(), feed))
        })
        .await?;
    let viewer = call.viewer();
    Ok(call.reply().feed(&query?, feed.map(|thread| ThreadResponse::new(&thread, &ctx, &viewer))))
}

fn thread_filter(query: &ListQuery) -> ThreadFilter {
    ThreadFilter {
        is_unread: query.bool("is_unread"),
        kinds: query.choices("context_type", ContextKind::from_word),
    }
}
