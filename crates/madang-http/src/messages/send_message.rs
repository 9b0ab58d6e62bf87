//! `POST /message-threads/{id}/messages`

use super::response::MessageResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::MessageThreadId;
use madang_domain::messages::{contents_rule, send_message};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/message-threads/{id}/messages", Who::student().unrestricted(), handle)
        .summary("Write a message")
        .body::<SendMessageBody>()
        .answers::<MessageResponse>(201)
        .problems(&[Code::RecipientUnavailable])
}

/// What to write.
#[derive(Clone, ToSchema)]
#[schema(as = SendMessage)]
pub(crate) struct SendMessageBody {
    #[schema(min_length = 1, max_length = 1000)]
    contents: String,
}

impl Body for SendMessageBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let policy = fields.policy().messages.clone();
        let contents = fields.required("contents", value::text(contents_rule(&policy)));
        Some(Self { contents: contents? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: MessageThreadId = call.id("id")?;
    call.write(
        call.body::<SendMessageBody>(),
        move |uow, ctx, body| send_message(uow, ctx, id, body.contents.clone()),
        move |reply, (thread, message)| {
            let body = MessageResponse::new(&thread, &message, reply.viewer());
            reply.added(&format!("/message-threads/{id}"), &body)
        },
    )
    .await
}
