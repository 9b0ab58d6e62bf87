//! `POST /admin/reveals` (ANON-4)

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::removals::TargetKind;
use madang_domain::reveals::{Reveal, RevealAuthor, reveal_author};
use madang_domain::text::TextRule;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

const REASON: TextRule = TextRule::lines(10, 1000);

pub(crate) fn route() -> Route {
    Route::post("/admin/reveals", Who::admin(), handle)
        .summary("Tell who wrote an anonymous item")
        .body::<CreateRevealBody>()
        .answers::<RevealResponse>(200)
}

/// Of what, and why.
#[derive(ToSchema)]
#[schema(as = CreateReveal)]
pub(crate) struct CreateRevealBody {
    /// `post`, `comment`, `message`, `review` or `exam_info`.
    #[schema(value_type = String)]
    target_type: TargetKind,
    target_id: Uuid,
    /// Kept in both logs.
    #[schema(min_length = 10, max_length = 1000)]
    reason: String,
}

/// Who wrote an item.
#[derive(Serialize, ToSchema)]
#[schema(as = Reveal)]
struct RevealResponse {
    target_type: &'static str,
    target_id: Uuid,
    user: RevealedUser,
    log_id: Uuid,
}

#[derive(Serialize, ToSchema)]
struct RevealedUser {
    id: Uuid,
    username: String,
    nickname: String,
}

/// The kinds whose authors can be anonymous.
fn revealable(word: &str) -> Option<TargetKind> {
    TargetKind::from_word(word).filter(|kind| !matches!(kind, TargetKind::Board | TargetKind::User))
}

impl Body for CreateRevealBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let target_type = fields.required("target_type", value::choice(revealable));
        let target_id = fields.required("target_id", value::id);
        let reason = fields.required("reason", value::text(REASON));
        Some(Self { target_type: target_type?, target_id: target_id?, reason: reason? })
    }
}

impl RevealResponse {
    fn new(command: &RevealAuthor, Reveal { author, log }: Reveal) -> Self {
        Self {
            target_type: command.kind.as_str(),
            target_id: command.target,
            user: RevealedUser { id: author.id.into(), username: author.username, nickname: author.nickname },
            log_id: log.into(),
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let command = call.body::<CreateRevealBody>().map(|body| RevealAuthor {
        kind: body.target_type,
        target: body.target_id,
        reason: body.reason,
    });
    call.write(
        command,
        |uow, ctx, command| {
            reveal_author(uow, ctx, command).map(|reveal| RevealResponse::new(command, reveal))
        },
        |reply, shape| reply.ok(&shape),
    )
    .await
}
