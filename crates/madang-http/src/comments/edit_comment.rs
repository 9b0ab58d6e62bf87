//! `PATCH /comments/{id}`

use super::CommentResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::comments::{contents_rule, edit_comment, find_comment};
use madang_domain::ids::CommentId;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::patch("/comments/{id}", Who::student().unrestricted(), handle)
        .summary("Edit an own comment, where the board lets authors")
        .body::<EditCommentBody>()
        .answers_detail::<CommentResponse>(200)
        .problems(&[Code::ItemHidden, Code::MethodNotAllowed])
}

/// What changes; a field that is left out stays as it is.
#[derive(ToSchema)]
#[schema(as = EditComment)]
pub(crate) struct EditCommentBody {
    #[schema(min_length = 1, max_length = 300)]
    contents: Option<String>,
}

impl Body for EditCommentBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let policy = fields.policy().comments.clone();
        fields.read_only(&["is_anonymous", "author", "post_id", "parent_id"]);
        let contents = fields.optional("contents", value::text(contents_rule(&policy)));
        Some(Self { contents: contents? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: CommentId = call.id("id")?;
    let (precondition, before) = (call.precondition(), call.reply());
    call.write(
        call.body::<EditCommentBody>(),
        move |uow, ctx, body| {
            edit_comment(uow, ctx, id, body.contents.as_deref(), &|seen| {
                precondition
                    .holds_for(before.viewer(), |viewer| CommentResponse::new(seen, &before.seen_by(viewer)))
            })?;
            find_comment(uow, ctx, id).map_err(Problem::from)
        },
        |reply, seen| reply.detail(&CommentResponse::new(&seen, reply)),
    )
    .await
}
