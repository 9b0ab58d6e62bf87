//! `POST /moderation/appeals/{id}/decision` (SAN-4)

use super::AppealResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::reports::REASON;
use crate::route::Route;
use madang_domain::appeals::{DecideAppeal, decide_appeal};
use madang_domain::ids::AppealId;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/moderation/appeals/{id}/decision", Who::moderator(), handle)
        .summary("Decide an appeal")
        .body::<DecideAppealBody>()
        .answers::<AppealResponse>(200)
        .problems(&[Code::ConflictOfInterest, Code::AlreadyDecided])
}

/// Whether the sanction stands, and why.
#[derive(ToSchema)]
#[schema(as = DecideAppeal)]
pub(crate) struct DecideAppealBody {
    /// `upheld`: the sanction stands; `overturned`: it is lifted.
    #[schema(rename = "outcome", value_type = String)]
    outcome: bool,
    /// Told to whom the sanction is for.
    #[schema(min_length = 1, max_length = 1000)]
    note: String,
}

/// Whether the word overturns.
fn outcome(word: &str) -> Option<bool> {
    match word {
        "upheld" => Some(false),
        "overturned" => Some(true),
        _ => None,
    }
}

impl Body for DecideAppealBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let outcome = fields.required("outcome", value::choice(outcome));
        let note = fields.required("note", value::text(REASON));
        Some(Self { outcome: outcome?, note: note? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: AppealId = call.id("id")?;
    let command = call.body::<DecideAppealBody>();
    let command = command.map(|body| DecideAppeal { id, is_overturned: body.outcome, note: body.note });
    call.write(
        command,
        |uow, ctx, command| decide_appeal(uow, ctx, command),
        |reply, appeal| reply.ok(&AppealResponse::new(appeal)),
    )
    .await
}
