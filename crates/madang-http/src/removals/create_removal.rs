//! `POST /moderation/removals` (SAN-1)

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::moderation_log::{LogEntryResponse, logged};
use crate::problem::{Code, Problem};
use crate::reports::{REASON, removable};
use crate::route::Route;
use madang_domain::posts::ReportReason;
use madang_domain::removals::{RemoveItem, TargetKind, remove_item};
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) fn route() -> Route {
    Route::post("/moderation/removals", Who::student(), handle)
        .summary("Remove an item as staff")
        .body::<CreateRemovalBody>()
        .answers::<LogEntryResponse>(201)
        .problems(&[Code::ConflictOfInterest, Code::AlreadyDecided])
}

/// What to remove, and why.
#[derive(ToSchema)]
#[schema(as = CreateRemoval)]
pub(crate) struct CreateRemovalBody {
    /// `post`, `comment`, `review` or `exam_info`.
    #[schema(value_type = String)]
    target_type: TargetKind,
    target_id: Uuid,
    #[schema(value_type = String)]
    rule: ReportReason,
    /// Told to the author.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

impl Body for CreateRemovalBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let target_type = fields.required("target_type", value::choice(removable));
        let target_id = fields.required("target_id", value::id);
        let rule = fields.required("rule", value::choice(ReportReason::from_word));
        let reason = fields.required("reason", value::text(REASON));
        Some(Self { target_type: target_type?, target_id: target_id?, rule: rule?, reason: reason? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let command = call.body::<CreateRemovalBody>().map(|body| RemoveItem {
        kind: body.target_type,
        id: body.target_id,
        rule: body.rule,
        reason: body.reason,
    });
    call.write(
        command,
        |uow, ctx, command| {
            let act = remove_item(uow, ctx, command.clone())?;
            logged(uow, &act)
        },
        |reply, act| {
            let item = format!("/moderation/items/{}/{}", act.kind, act.target);
            reply.added(&item, &LogEntryResponse::new(act.view, reply.viewer()))
        },
    )
    .await
}
