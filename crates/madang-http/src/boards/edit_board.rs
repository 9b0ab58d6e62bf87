//! `PATCH /boards/{id}`

use super::BoardResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::boards::{DESCRIPTION_RULE, EditBoard, edit_board, find_board};
use madang_domain::ids::{BoardId, PostId};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::patch("/boards/{id}", Who::student().unrestricted(), handle)
        .summary("Edit a board that the caller manages")
        .body::<EditBoardBody>()
        .answers_detail::<BoardResponse>(200)
}

/// What changes; a field that is left out stays as it is.
#[derive(ToSchema)]
#[schema(as = EditBoard)]
pub(crate) struct EditBoardBody {
    #[schema(nullable = false, max_length = 500)]
    description: Option<String>,
    #[schema(nullable = false)]
    hot_eligible: Option<bool>,
    /// A visible post of the board; null for none.
    #[schema(value_type = Option<Uuid>)]
    notice_post_id: Option<Option<PostId>>,
}

impl Body for EditBoardBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let description = fields.optional("description", value::text(DESCRIPTION_RULE));
        let hot_eligible = fields.optional("hot_eligible", value::boolean);
        let notice_post_id = fields.nullable("notice_post_id", value::id::<PostId>);
        Some(Self { description: description?, hot_eligible: hot_eligible?, notice_post_id: notice_post_id? })
    }
}

impl EditBoardBody {
    fn into_command(self) -> EditBoard {
        EditBoard {
            description: self.description,
            hot_eligible: self.hot_eligible,
            notice_post_id: self.notice_post_id,
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: BoardId = call.id("id")?;
    let (precondition, viewer) = (call.precondition(), call.viewer());
    call.write(
        call.body::<EditBoardBody>().map(EditBoardBody::into_command),
        move |uow, ctx, command| {
            let as_seen =
                |view: &_| precondition.holds_for(&viewer, |viewer| BoardResponse::new(view, ctx, viewer));
            edit_board(uow, ctx, id, command.clone(), &as_seen)?;
            let view = find_board(uow, ctx, id)?;
            Ok::<_, Problem>(BoardResponse::new(&view, ctx, &viewer))
        },
        |reply, board| reply.detail(&board),
    )
    .await
}
