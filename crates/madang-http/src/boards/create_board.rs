//! `POST /boards`

use super::{BoardResponse, CategoryShape};
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::boards::{
    BoardCategory, CreateBoard, DESCRIPTION_RULE, GroupFlags, NAME_RULE, create_board, find_board,
};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/boards", Who::student().unrestricted(), handle)
        .summary("Open a group board and manage it")
        .body::<CreateBoardBody>()
        .answers_detail::<BoardResponse>(201)
        .problems(&[Code::LimitReached])
}

/// A new group board.
#[derive(ToSchema)]
#[schema(as = CreateBoard)]
pub(crate) struct CreateBoardBody {
    #[schema(min_length = 1, max_length = 40)]
    name: String,
    #[schema(nullable = false, max_length = 500)]
    description: Option<String>,
    /// Members open `group` boards only.
    #[schema(value_type = CategoryShape)]
    category: BoardCategory,
    #[schema(nullable = false)]
    allow_anonymous: Option<bool>,
    #[schema(nullable = false)]
    anonymous_only: Option<bool>,
    #[schema(nullable = false)]
    allow_questions: Option<bool>,
    #[schema(nullable = false)]
    title_required: Option<bool>,
    #[schema(nullable = false)]
    hot_eligible: Option<bool>,
}

impl Body for CreateBoardBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required("name", value::trimmed(NAME_RULE));
        let description = fields.optional("description", value::text(DESCRIPTION_RULE));
        let category = fields.required("category", value::choice(BoardCategory::from_word));
        let allow_anonymous = fields.optional("allow_anonymous", value::boolean);
        let anonymous_only = fields.optional("anonymous_only", value::boolean);
        let allow_questions = fields.optional("allow_questions", value::boolean);
        let title_required = fields.optional("title_required", value::boolean);
        let hot_eligible = fields.optional("hot_eligible", value::boolean);
        Some(Self {
            name: name?,
            description: description?,
            category: category?,
            allow_anonymous: allow_anonymous?,
            anonymous_only: anonymous_only?,
            allow_questions: allow_questions?,
            title_required: title_required?,
            hot_eligible: hot_eligible?,
        })
    }
}

impl CreateBoardBody {
    fn into_command(self) -> CreateBoard {
        CreateBoard {
            name: self.name,
            description: self.description.unwrap_or_default(),
            category: self.category,
            flags: GroupFlags {
                allow_anonymous: self.allow_anonymous,
                anonymous_only: self.anonymous_only,
                allow_questions: self.allow_questions,
                title_required: self.title_required,
                hot_eligible: self.hot_eligible,
            },
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let viewer = call.viewer();
    call.write(
        call.body::<CreateBoardBody>().map(CreateBoardBody::into_command),
        move |uow, ctx, command| {
            let id = create_board(uow, ctx, command.clone())?;
            let view = find_board(uow, ctx, id)?;
            Ok::<_, Problem>((id, BoardResponse::new(&view, ctx, &viewer)))
        },
        |reply, (id, board)| reply.created(&format!("/boards/{id}"), &board),
    )
    .await
}
