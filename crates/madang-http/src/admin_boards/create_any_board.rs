//! `POST /admin/boards`

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
    BoardCategory, BoardFlags, CreateAnyBoard, DESCRIPTION_RULE, FlagChanges, NAME_RULE, create_any_board,
    find_any_board,
};
use madang_domain::ids::{SchoolId, UserId};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/admin/boards", Who::moderator(), handle)
        .summary("Open a board of any category")
        .body::<CreateAnyBoardBody>()
        .answers_detail::<AdminBoardResponse>(201)
}

/// A new board.
#[derive(ToSchema)]
#[schema(as = CreateAnyBoard)]
pub(crate) struct CreateAnyBoardBody {
    /// The own school, or any for an admin.
    #[schema(value_type = Uuid)]
    school_id: SchoolId,
    #[schema(min_length = 1, max_length = 40)]
    name: String,
    #[schema(nullable = false, max_length = 500)]
    description: Option<String>,
    #[schema(value_type = CategoryShape)]
    category: BoardCategory,
    /// A proven member of the school.
    #[schema(value_type = Option<Uuid>)]
    manager_id: Option<UserId>,
    #[serde(flatten)]
    #[schema(value_type = FlagsBody)]
    flags: FlagChanges,
}

impl Body for CreateAnyBoardBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let school_id = fields.required("school_id", value::id::<SchoolId>);
        let name = fields.required("name", value::trimmed(NAME_RULE));
        let description = fields.optional("description", value::text(DESCRIPTION_RULE));
        let category = fields.required("category", value::choice(BoardCategory::from_word));
        let manager_id = fields.nullable("manager_id", value::id::<UserId>);
        let flags = read_flags(fields);
        Some(Self {
            school_id: school_id?,
            name: name?,
            description: description?,
            category: category?,
            manager_id: manager_id?.flatten(),
            flags: flags?,
        })
    }
}

impl CreateAnyBoardBody {
    fn into_command(self) -> CreateAnyBoard {
        CreateAnyBoard {
            school_id: self.school_id,
            name: self.name,
            description: self.description.unwrap_or_default(),
            category: self.category,
            manager_id: self.manager_id,
            flags: self.flags.over(BoardFlags::default()),
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    call.write(
        call.body::<CreateAnyBoardBody>().map(CreateAnyBoardBody::into_command),
        |uow, ctx, command| {
            let id = create_any_board(uow, ctx, command.clone())?;
            Ok::<_, Problem>(find_any_board(uow, ctx, id)?)
        },
        |reply, view| {
            let id = view.board.id;
            reply.created(&format!("/admin/boards/{id}"), &AdminBoardResponse::new(&view, reply.viewer()))
        },
    )
    .await
}
