//! `PUT /notifications/read`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ctx::Timestamp;
use madang_domain::notifications::mark_all_read;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::put("/notifications/read", Who::guest(), handle)
        .summary("Mark notices read")
        .optional_body::<MarkAllReadBody>()
        .answers_empty(204)
}

/// Which notices.
#[derive(ToSchema)]
#[schema(as = MarkAllRead)]
pub(crate) struct MarkAllReadBody {
    /// Those of this instant and before; absent: all there are by now.
    #[schema(value_type = Option<String>, format = DateTime, nullable = false)]
    until: Option<Timestamp>,
}

impl Body for MarkAllReadBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let until = fields.optional("until", value::instant);
        Some(Self { until: until? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    call.write(
        call.body::<MarkAllReadBody>(),
        |uow, ctx, body| mark_all_read(uow, ctx, body.until),
        no_content,
    )
    .await
}
