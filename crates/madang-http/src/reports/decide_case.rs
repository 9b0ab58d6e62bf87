//! `POST /moderation/cases/{id}/decision` (RPT-4)

use super::{CaseResponse, REASON};
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::CaseId;
use madang_domain::posts::ReportReason;
use madang_domain::reports::{DecideCase, Outcome, decide_case, find_case};
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/moderation/cases/{id}/decision", Who::student(), handle)
        .summary("Decide a case")
        .body::<DecideCaseBody>()
        .answers_detail::<CaseResponse>(200)
        .problems(&[Code::ConflictOfInterest, Code::AlreadyDecided])
}

/// What becomes of the item, and why.
#[derive(ToSchema)]
#[schema(as = DecideCase)]
pub(crate) struct DecideCaseBody {
    /// `dismiss`, `remove` or `warn`.
    #[schema(value_type = String)]
    outcome: Outcome,
    #[schema(value_type = String)]
    rule: ReportReason,
    /// Told to the author of an item that goes or earns a warning.
    #[schema(min_length = 1, max_length = 1000)]
    note: String,
    /// With `dismiss` only: reports shall not hide the item any more.
    immune: Option<bool>,
}

impl Body for DecideCaseBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let outcome = fields.required("outcome", value::choice(Outcome::from_word));
        let rule = fields.required("rule", value::choice(ReportReason::from_word));
        let note = fields.required("note", value::text(REASON));
        let immune = fields.optional("immune", value::boolean);
        Some(Self { outcome: outcome?, rule: rule?, note: note?, immune: immune? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: CaseId = call.id("id")?;
    let command = call.body::<DecideCaseBody>().map(|body| DecideCase {
        id,
        outcome: body.outcome,
        rule: body.rule,
        note: body.note,
        immune: body.immune.unwrap_or(false),
    });
    call.write(
        command,
        move |uow, ctx, command| {
            decide_case(uow, ctx, command)?;
            find_case(uow, ctx, id).map_err(Problem::from)
        },
        |reply, seen| reply.detail(&CaseResponse::new(&seen, reply.viewer())),
    )
    .await
}
