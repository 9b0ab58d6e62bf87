//! `POST /admin/users/{id}/restore` (ACC-20)

use super::response::AdminUserResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::accounts::restore_user;
use madang_domain::ids::UserId;
use madang_domain::text::TextRule;
use utoipa::ToSchema;

const REASON: TextRule = TextRule::lines(1, 1000);

pub(crate) fn route() -> Route {
    Route::post("/admin/users/{id}/restore", Who::admin().session_only(), handle)
        .summary("Take a withdrawal back")
        .body::<RestoreUserBody>()
        .answers_detail::<AdminUserResponse>(200)
        .problems(&[Code::NotRestorable])
}

/// Why.
#[derive(ToSchema)]
#[schema(as = RestoreUser)]
pub(crate) struct RestoreUserBody {
    /// Kept in the audit log.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

impl Body for RestoreUserBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let reason = fields.required("reason", value::text(REASON));
        Some(Self { reason: reason? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: UserId = call.id("id")?;
    call.write(
        call.body::<RestoreUserBody>(),
        move |uow, ctx, body| {
            let member = restore_user(uow, ctx, id, &body.reason)?;
            Ok::<_, Problem>(AdminUserResponse::new(&member, ctx.now))
        },
        |reply, shape| reply.detail(&shape),
    )
    .await
}
