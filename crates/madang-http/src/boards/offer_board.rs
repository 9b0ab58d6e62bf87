//! `POST /boards/{id}/transfer`

use super::response::BoardTransferResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::auth::{confirm_for, password};
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_auth::passwords::Password;
use madang_domain::boards::{OfferBoard, TransferError, check_offering, find_board, offer_board};
use madang_domain::ctx::Ctx;
use madang_domain::ids::{BoardId, UserId};
use madang_domain::store::UnitOfWork;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/boards/{id}/transfer", Who::student().session_only(), handle)
        .summary("Offer a board to another manager")
        .body::<OfferBoardBody>()
        .answers::<BoardTransferResponse>(201)
        .problems(&[Code::ReauthenticationFailed, Code::RequestPending, Code::ServiceBusy])
}

#[derive(Clone, ToSchema)]
#[schema(as = OfferBoard)]
pub(super) struct OfferBoardBody {
    /// Another proven member of the school.
    #[schema(value_type = Uuid)]
    user_id: UserId,
    #[schema(value_type = String, format = Password)]
    password: Password,
}

impl Body for OfferBoardBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let user_id = fields.required("user_id", value::id::<UserId>);
        let password = fields.required("password", password);
        Some(Self { user_id: user_id?, password: password? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let board: BoardId = call.id("id")?;
    let body = call.body::<OfferBoardBody>();
    let judge = move |uow: &mut dyn UnitOfWork, ctx: &Ctx| check_offering(uow, ctx, board);
    let confirmed = confirm_for(&call, &body, |body| &body.password, judge).await?;
    let viewer = call.viewer();
    call.write(
        body,
        move |uow, ctx, body| {
            offer_board(uow, ctx, OfferBoard { board, to: body.user_id })?;
            confirmed.check()?;
            let view = find_board(uow, ctx, board)?;
            let answer = BoardTransferResponse::of(&view, ctx, &viewer);
            answer.ok_or_else(|| Problem::from(TransferError::NotFound))
        },
        move |reply, transfer| reply.added(&format!("/boards/{board}"), &transfer),
    )
    .await
}
