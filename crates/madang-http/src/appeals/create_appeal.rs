//! `POST /me/sanctions/{id}/appeal` (SAN-4)

use super::AppealResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::appeals::{CONTENTS_RULE, file_own_appeal};
use madang_domain::ids::SanctionId;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/me/sanctions/{id}/appeal", Who::guest(), handle)
        .summary("Appeal against an own sanction")
        .body::<CreateAppealBody>()
        .answers::<AppealResponse>(201)
        .problems(&[Code::AlreadyAppealed, Code::AppealClosed])
}

/// What speaks against the sanction.
#[derive(ToSchema)]
#[schema(as = CreateAppeal)]
pub(crate) struct CreateAppealBody {
    #[schema(min_length = 1, max_length = 2000)]
    contents: String,
}

impl Body for CreateAppealBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { contents: fields.required("contents", value::text(CONTENTS_RULE))? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: SanctionId = call.id("id")?;
    call.write(
        call.body::<CreateAppealBody>().map(|body| body.contents),
        move |uow, ctx, contents| file_own_appeal(uow, ctx, id, contents),
        |reply, appeal| reply.added("/me/sanctions", &AppealResponse::new(appeal)),
    )
    .await
}
