//! `PATCH /admin/boards/{id}`

use super::body::{FlagsBody, read_flags};
use super::response::AdminBoardResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::boards::CategoryShape;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::boards::{
    BoardCategory, DESCRIPTION_RULE, EditAnyBoard, FlagChanges, NAME_RULE, edit_any_board, find_any_board,
};
use madang_domain::ids::{BoardId, UserId};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::patch("/admin/boards/{id}", Who::moderator(), handle)
        .summary("Edit a board")
        .body::<EditAnyBoardBody>()
        .answers_detail::<AdminBoardResponse>(200)
        .if_match_required()
}

/// What changes; a field that is left out stays as it is.
#[derive(ToSchema)]
#[schema(as = EditAnyBoard)]
pub(crate) struct EditAnyBoardBody {
    #[schema(nullable = false, min_length = 1, max_length = 40)]
    name: Option<String>,
    #[schema(nullable = false, max_length = 500)]
    description: Option<String>,
    #[schema(nullable = false, value_type = Option<CategoryShape>)]
    category: Option<BoardCategory>,
    /// A proven member of the school; null for nobody.
    #[schema(value_type = Option<Uuid>)]
    manager_id: Option<Option<UserId>>,
    #[serde(flatten)]
    #[schema(value_type = FlagsBody)]
    flags: FlagChanges,
}

impl Body for EditAnyBoardBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.optional("name", value::trimmed(NAME_RULE));
        let description = fields.optional("description", value::text(DESCRIPTION_RULE));
        let category = fields.optional("category", value::choice(BoardCategory::from_word));
        let manager_id = fields.nullable("manager_id", value::id::<UserId>);
        let flags = read_flags(fields);
        Some(Self {
            name: name?,
            description: description?,
            category: category?,
            manager_id: manager_id?,
            flags: flags?,
        })
    }
}

impl EditAnyBoardBody {
    fn into_command(self) -> EditAnyBoard {
        EditAnyBoard {
            name: self.name,
            description: self.description,
            category: self.category,
            manager_id: self.manager_id,
            flags: self.flags,
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BoardId = call.id("id")?;
    let (precondition, viewer) = (call.precondition(), call.viewer());
    call.write(
        call.body::<EditAnyBoardBody>().map(EditAnyBoardBody::into_command),
        move |uow, ctx, command| {
            let as_seen =
                |view: &_| precondition.holds_for(&viewer, |viewer| AdminBoardResponse::new(view, viewer));
            edit_any_board(uow, ctx, id, command.clone(), &as_seen)?;
            Ok::<_, Problem>(find_any_board(uow, ctx, id)?)
        },
        |reply, view| reply.detail(&AdminBoardResponse::new(&view, reply.viewer())),
    )
    .await
}
