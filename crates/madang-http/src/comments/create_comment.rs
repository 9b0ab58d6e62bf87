//! `POST /posts/{id}/comments`

use super::CommentResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::comments::{CreateComment, contents_rule, create_comment, find_comment};
use madang_domain::ids::{CommentId, PostId};
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) fn route() -> Route {
    Route::post("/posts/{id}/comments", Who::student().unrestricted(), handle)
        .summary("Write a comment or a reply")
        .body::<CreateCommentBody>()
        .answers_detail::<CommentResponse>(201)
        .problems(&[Code::ItemHidden, Code::CommentsLocked])
}

/// What a new comment says.
#[derive(ToSchema)]
#[schema(as = CreateComment)]
pub(crate) struct CreateCommentBody {
    #[schema(min_length = 1, max_length = 300)]
    contents: String,
    /// The top-level comment of the same post that it replies to.
    parent_id: Option<Uuid>,
    /// By default as the board has it.
    is_anonymous: Option<bool>,
}

impl Body for CreateCommentBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let policy = fields.policy().comments.clone();
        let contents = fields.required("contents", value::text(contents_rule(&policy)));
        let parent_id = fields.nullable("parent_id", value::id::<Uuid>);
        let is_anonymous = fields.optional("is_anonymous", value::boolean);
        Some(Self { contents: contents?, parent_id: parent_id?.flatten(), is_anonymous: is_anonymous? })
    }
}

impl CreateCommentBody {
    fn into_command(self, post_id: PostId) -> CreateComment {
        CreateComment {
            post_id,
            parent_id: self.parent_id.map(CommentId::from),
            contents: self.contents,
            is_anonymous: self.is_anonymous,
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let post: PostId = call.id("id")?;
    let input = call.body::<CreateCommentBody>().map(|body| body.into_command(post));
    call.write(
        input,
        |uow, ctx, command| {
            let id = create_comment(uow, ctx, command.clone())?;
            find_comment(uow, ctx, id).map_err(Problem::from)
        },
        |reply, seen| {
            reply.created(&format!("/comments/{}", seen.comment.id), &CommentResponse::new(&seen, reply))
        },
    )
    .await
}
