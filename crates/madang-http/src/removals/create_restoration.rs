//! `POST /moderation/restorations` (SAN-1, BRD-7)

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::moderation_log::{LogEntryResponse, logged};
use crate::problem::{Code, Problem};
use crate::reports::{REASON, removable};
use crate::route::Route;
use madang_domain::removals::{RestoreItem, TargetKind, restore_item};
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) fn route() -> Route {
    Route::post("/moderation/restorations", Who::student(), handle)
        .summary("Take a removal, or the deletion of a board, back as staff")
        .body::<CreateRestorationBody>()
        .answers::<LogEntryResponse>(201)
        .problems(&[Code::ConflictOfInterest, Code::NotRestorable])
}

/// What to restore, and why.
#[derive(ToSchema)]
#[schema(as = CreateRestoration)]
pub(crate) struct CreateRestorationBody {
    /// `post`, `comment`, `review`, `exam_info` or `board`.
    #[schema(value_type = String)]
    target_type: TargetKind,
    target_id: Uuid,
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

/// The kinds that staff may restore.
fn restorable(word: &str) -> Option<TargetKind> {
    match TargetKind::from_word(word) {
        Some(TargetKind::Board) => Some(TargetKind::Board),
        _ => removable(word),
    }
}

impl Body for CreateRestorationBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let target_type = fields.required("target_type", value::choice(restorable));
        let target_id = fields.required("target_id", value::id);
        let reason = fields.required("reason", value::text(REASON));
        Some(Self { target_type: target_type?, target_id: target_id?, reason: reason? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let command = call.body::<CreateRestorationBody>().map(|body| RestoreItem {
        kind: body.target_type,
        id: body.target_id,
        reason: body.reason,
    });
    call.write(
        command,
        |uow, ctx, command| {
            let act = restore_item(uow, ctx, command)?;
            logged(uow, &act)
        },
        |reply, act| {
            let restored = match act.kind {
                "board" => format!("/boards/{}", act.target),
                kind => format!("/moderation/items/{kind}/{}", act.target),
            };
            reply.added(&restored, &LogEntryResponse::new(act.view, reply.viewer()))
        },
    )
    .await
}
