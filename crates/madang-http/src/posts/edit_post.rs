//! `PATCH /posts/{id}`

use super::PostResponse;
use super::body::{ImageBody, into_wanted, read_images};
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::PostId;
use madang_domain::posts::{EditPost, contents_rule, edit_post, find_post, title_rule};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::patch("/posts/{id}", Who::student().unrestricted(), handle)
        .summary("Edit an own post")
        .body::<EditPostBody>()
        .answers_detail::<PostResponse>(200)
        .problems(&[Code::ItemHidden, Code::QuestionLocked, Code::EditFrozen])
}

/// What changes; a field that is left out stays as it is.
#[derive(ToSchema)]
#[schema(as = EditPost)]
pub(crate) struct EditPostBody {
    /// Null takes it away.
    #[schema(min_length = 1, max_length = 200)]
    title: Option<Option<String>>,
    #[schema(min_length = 1, max_length = 20000)]
    contents: Option<String>,
    /// The whole new list: ids of uploads, and of images that stay.
    #[schema(max_items = 20)]
    images: Option<Vec<ImageBody>>,
    comments_locked: Option<bool>,
}

impl Body for EditPostBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let policy = fields.policy().posts.clone();
        fields.read_only(&["is_anonymous", "is_question", "board", "author"]);
        let title = fields.nullable("title", value::text(title_rule(&policy)));
        let contents = fields.optional("contents", value::text(contents_rule(&policy)));
        let comments_locked = fields.optional("comments_locked", value::boolean);
        let images = read_images(fields);
        Some(Self { title: title?, contents: contents?, images: images?, comments_locked: comments_locked? })
    }
}

impl EditPostBody {
    fn into_command(self) -> EditPost {
        EditPost {
            title: self.title,
            contents: self.contents,
            images: self.images.map(into_wanted),
            comments_locked: self.comments_locked,
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: PostId = call.id("id")?;
    let (precondition, viewer) = (call.precondition(), call.viewer());
    call.write(
        call.body::<EditPostBody>().map(EditPostBody::into_command),
        move |uow, ctx, command| {
            edit_post(uow, ctx, id, command.clone(), &|seen| {
                precondition.holds_for(&viewer, |viewer| PostResponse::new(seen, viewer))
            })?;
            find_post(uow, ctx, id).map_err(Problem::from)
        },
        |reply, seen| reply.detail(&PostResponse::new(&seen, reply.viewer())),
    )
    .await
}
