//! `POST /moderation/sanctions` (SAN-2)

use super::SanctionResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::reports::{REASON, reportable};
use crate::route::Route;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::BoardId;
use madang_domain::posts::ReportReason;
use madang_domain::removals::TargetKind;
use madang_domain::sanctions::{GiveSanction, SanctionKind, SanctionScope, find_sanction, give_sanction};
use madang_domain::store::StoreError;
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) fn route() -> Route {
    Route::post("/moderation/sanctions", Who::student(), handle)
        .summary("Warn, restrict or ban a member, or the author of an item")
        .body::<CreateSanctionBody>()
        .answers::<SanctionResponse>(201)
        .problems(&[Code::ConflictOfInterest])
}

/// What to impose, on whom and why.
#[derive(ToSchema)]
#[schema(as = CreateSanction)]
pub(crate) struct CreateSanctionBody {
    /// `user`, `post`, `comment`, `message`, `review` or `exam_info`.
    #[schema(value_type = String)]
    target_type: TargetKind,
    target_id: Uuid,
    /// `warning`, `restriction` or `ban`. Managers of boards do not ban.
    #[schema(value_type = String)]
    kind: SanctionKind,
    /// `site` or `board`; a ban holds everywhere, what a manager gives in one board.
    #[schema(value_type = String)]
    scope: SanctionScope,
    /// With scope `board` only.
    board_id: Option<Uuid>,
    #[schema(value_type = String)]
    rule: ReportReason,
    /// Told to whom it is for.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
    /// A restriction has an end, a ban may have one, a warning has none.
    #[schema(value_type = Option<String>, format = DateTime)]
    ends_at: Option<Timestamp>,
}

impl Body for CreateSanctionBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let target_type = fields.required("target_type", value::choice(reportable));
        let target_id = fields.required("target_id", value::id);
        let kind = fields.required("kind", value::choice(SanctionKind::from_word));
        let scope = fields.required("scope", value::choice(SanctionScope::from_word));
        let board_id = fields.nullable("board_id", value::id);
        let rule = fields.required("rule", value::choice(ReportReason::from_word));
        let reason = fields.required("reason", value::text(REASON));
        let ends_at = fields.nullable("ends_at", value::instant);
        Some(Self {
            target_type: target_type?,
            target_id: target_id?,
            kind: kind?,
            scope: scope?,
            board_id: board_id?.flatten(),
            rule: rule?,
            reason: reason?,
            ends_at: ends_at?.flatten(),
        })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let command = call.body::<CreateSanctionBody>().map(|body| GiveSanction {
        target_kind: body.target_type,
        target: body.target_id,
        kind: body.kind,
        scope: body.scope,
        board: body.board_id.map(BoardId::from),
        rule: body.rule,
        reason: body.reason,
        ends_at: body.ends_at,
    });
    call.write(
        command,
        |uow, ctx, command| {
            let id = give_sanction(uow, ctx, command)?;
            let given = find_sanction(uow, ctx, id)?;
            given.ok_or_else(|| Problem::from(StoreError::internal("a sanction was not kept")))
        },
        |reply, seen| {
            let location = format!("/moderation/sanctions/{}", seen.staff.sanction.id);
            reply.added(&location, &SanctionResponse::seen(seen, reply.viewer()))
        },
    )
    .await
}
