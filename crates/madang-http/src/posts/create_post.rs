//! `POST /boards/{id}/posts`

use super::PostResponse;
use super::body::{ImageBody, into_wanted, read_images};
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::BoardId;
use madang_domain::posts::{CreatePost, contents_rule, create_post, find_post, title_rule};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/boards/{id}/posts", Who::student().unrestricted(), handle)
        .summary("Write a post")
        .body::<CreatePostBody>()
        .answers_detail::<PostResponse>(201)
        .problems(&[Code::DuplicateText, Code::PostCooldown])
}

/// What a new post says.
#[derive(ToSchema)]
#[schema(as = CreatePost)]
pub(crate) struct CreatePostBody {
    /// May be left out where the board does not ask for one.
    #[schema(min_length = 1, max_length = 200)]
    title: Option<String>,
    #[schema(min_length = 1, max_length = 20000)]
    contents: String,
    /// By default as the board has it.
    is_anonymous: Option<bool>,
    is_question: Option<bool>,
    #[schema(max_items = 20)]
    images: Option<Vec<ImageBody>>,
    comments_locked: Option<bool>,
}

impl Body for CreatePostBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let policy = fields.policy().posts.clone();
        let title = fields.optional("title", value::text(title_rule(&policy)));
        let contents = fields.required("contents", value::text(contents_rule(&policy)));
        let is_anonymous = fields.optional("is_anonymous", value::boolean);
        let is_question = fields.optional("is_question", value::boolean);
        let comments_locked = fields.optional("comments_locked", value::boolean);
        let images = read_images(fields);
        Some(Self {
            title: title?,
            contents: contents?,
            is_anonymous: is_anonymous?,
            is_question: is_question?,
            images: images?,
            comments_locked: comments_locked?,
        })
    }
}

impl CreatePostBody {
    fn into_command(self, board_id: BoardId) -> CreatePost {
        CreatePost {
            board_id,
            title: self.title,
            contents: self.contents,
            is_anonymous: self.is_anonymous,
            is_question: self.is_question.unwrap_or(false),
            images: self.images.map(into_wanted).unwrap_or_default(),
            comments_locked: self.comments_locked.unwrap_or(false),
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let board: BoardId = call.id("id")?;
    let input = call.body::<CreatePostBody>().map(|body| body.into_command(board));
    call.write(
        input,
        |uow, ctx, command| {
            let id = create_post(uow, ctx, command.clone())?;
            find_post(uow, ctx, id).map_err(Problem::from)
        },
        |reply, seen| {
            reply.created(&format!("/posts/{}", seen.post.id), &PostResponse::new(&seen, reply.viewer()))
        },
    )
    .await
}
