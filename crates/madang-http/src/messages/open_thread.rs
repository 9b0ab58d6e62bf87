//! `POST /message-threads`

use super::response::ThreadResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::messages::{ContextKind, OpenThread, contents_rule, open_thread};
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) fn route() -> Route {
    Route::post("/message-threads", Who::student().unrestricted(), handle)
        .summary("Write to a member, or to who wrote an item")
        .body::<OpenThreadBody>()
        .answers_detail::<ThreadResponse>(201)
        .answers_detail::<ThreadResponse>(200)
        .problems(&[Code::RecipientUnavailable, Code::ItemHidden])
}

/// A first message, or another one where the thread is there. About an anonymous item both sides stay without names.
#[derive(ToSchema)]
#[schema(as = OpenThread)]
pub(crate) struct OpenThreadBody {
    /// `post`, `comment` or `user`.
    #[schema(value_type = String)]
    context_type: ContextKind,
    context_id: Uuid,
    #[schema(min_length = 1, max_length = 1000)]
    contents: String,
}

impl Body for OpenThreadBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let policy = fields.policy().messages.clone();
        let context_type = fields.required("context_type", value::choice(ContextKind::from_word));
        let context_id = fields.required("context_id", value::id::<Uuid>);
        let contents = fields.required("contents", value::text(contents_rule(&policy)));
        Some(Self { context_type: context_type?, context_id: context_id?, contents: contents? })
    }
}

impl OpenThreadBody {
    fn into_command(self) -> OpenThread {
        OpenThread { kind: self.context_type, context_id: self.context_id, contents: self.contents }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    call.write(
        call.body::<OpenThreadBody>().map(OpenThreadBody::into_command),
        |uow, ctx, command| {
            let opened = open_thread(uow, ctx, command.clone())?;
            Ok::<_, Problem>((ctx.clone(), opened))
        },
        |reply, (ctx, opened)| {
            let body = ThreadResponse::new(&opened.thread, &ctx, reply.viewer());
            match opened.is_new {
                true => reply.created(&format!("/message-threads/{}", opened.thread.id), &body),
                false => reply.detail(&body),
            }
        },
    )
    .await
}
