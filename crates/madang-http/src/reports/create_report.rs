//! `POST /reports` (RPT-1)

use super::{ReportResponse, reportable};
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::posts::ReportReason;
use madang_domain::removals::TargetKind;
use madang_domain::reports::{CreateReport, create_report};
use madang_domain::text::TextRule;
use utoipa::ToSchema;
use uuid::Uuid;

const DETAIL: TextRule = TextRule::lines(0, 500);

pub(crate) fn route() -> Route {
    Route::post("/reports", Who::student().unrestricted(), handle)
        .summary("Report something to staff")
        .body::<CreateReportBody>()
        .answers::<ReportResponse>(201)
        .problems(&[Code::OwnItem, Code::ItemHidden, Code::AlreadyReported])
}

/// What to report, and why.
#[derive(ToSchema)]
#[schema(as = CreateReport)]
pub(crate) struct CreateReportBody {
    /// `post`, `comment`, `message`, `review`, `exam_info` or `user`.
    #[schema(value_type = String)]
    target_type: TargetKind,
    target_id: Uuid,
    #[schema(value_type = String)]
    reason: ReportReason,
    #[schema(max_length = 500)]
    detail: Option<Option<String>>,
}

impl Body for CreateReportBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let target_type = fields.required("target_type", value::choice(reportable));
        let target_id = fields.required("target_id", value::id);
        let reason = fields.required("reason", value::choice(ReportReason::from_word));
        let detail = fields.nullable("detail", value::text(DETAIL));
        Some(Self { target_type: target_type?, target_id: target_id?, reason: reason?, detail: detail? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let command = call.body::<CreateReportBody>().map(|body| CreateReport {
        kind: body.target_type,
        target: body.target_id,
        reason: body.reason,
        detail: body.detail.flatten(),
    });
    call.write(
        command,
        |uow, ctx, command| create_report(uow, ctx, command.clone()),
        |reply, report| reply.added("/reports", &ReportResponse::new(&report)),
    )
    .await
}
