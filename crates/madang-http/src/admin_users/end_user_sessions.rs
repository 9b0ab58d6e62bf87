//! `POST /admin/users/{id}/end-sessions`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::Route;
use madang_auth::sessions::end_sessions_of;
use madang_domain::ids::UserId;
use madang_domain::text::TextRule;
use utoipa::ToSchema;

const REASON: TextRule = TextRule::lines(1, 1000);

pub(crate) fn route() -> Route {
    Route::post("/admin/users/{id}/end-sessions", Who::admin().session_only(), handle)
        .summary("End all sessions of a user")
        .body::<EndUserSessionsBody>()
        .answers_empty(204)
}

/// Why.
#[derive(ToSchema)]
#[schema(as = EndUserSessions)]
pub(crate) struct EndUserSessionsBody {
    /// Kept in the audit log.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

impl Body for EndUserSessionsBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason = fields.required("reason", value::text(REASON));
        Some(Self { reason: reason? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: UserId = call.id("id")?;
    call.write(
        call.body::<EndUserSessionsBody>(),
        move |uow, ctx, body| end_sessions_of(uow, ctx, id, &body.reason),
        no_content,
    )
    .await
}
