//! `POST /blocks`

use super::response::BlockResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::blocks::{BlockTarget, CreateBlock, create_block};
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) fn route() -> Route {
    Route::post("/blocks", Who::student(), handle)
        .summary("Block somebody")
        .body::<CreateBlockBody>()
        .answers::<BlockResponse>(201)
        .answers::<BlockResponse>(200)
        .problems(&[Code::ItemHidden])
}

/// Whom to block: a user by name, or who wrote an item. An anonymous author is blocked in that thread alone.
#[derive(ToSchema)]
#[schema(as = CreateBlock)]
pub(crate) struct CreateBlockBody {
    /// `user`, `post`, `comment` or `message_thread`.
    #[schema(value_type = String)]
    target_type: BlockTarget,
    target_id: Uuid,
}

impl Body for CreateBlockBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let target_type = fields.required("target_type", value::choice(BlockTarget::from_word));
        let target_id = fields.required("target_id", value::id::<Uuid>);
        Some(Self { target_type: target_type?, target_id: target_id? })
    }
}

impl CreateBlockBody {
    fn into_command(self) -> CreateBlock {
        CreateBlock { target: self.target_type, target_id: self.target_id }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    call.write(
        call.body::<CreateBlockBody>().map(CreateBlockBody::into_command),
        |uow, ctx, command| create_block(uow, ctx, *command),
        |reply, created| {
            let body = BlockResponse::new(&created.block, reply.viewer());
            if created.is_new { reply.added("/blocks", &body) } else { reply.ok(&body) }
        },
    )
    .await
}
