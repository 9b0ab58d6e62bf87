//! `POST /me/exports` (ACC-23)

use super::response::ExportResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::auth::{confirm, password};
use crate::call::Call;
use crate::extract::{Body, Fields};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_auth::passwords::Password;
use madang_domain::exports::create_export;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/me/exports", Who::guest().session_only(), handle)
        .summary("Have an export of the own data made")
        .body::<CreateExportBody>()
        .answers::<ExportResponse>(202)
        .problems(&[Code::ReauthenticationFailed, Code::LimitReached, Code::ServiceBusy])
}

#[derive(Clone, ToSchema)]
#[schema(as = CreateExport)]
pub(crate) struct CreateExportBody {
    #[schema(value_type = String, format = Password)]
    password: Password,
}

impl Body for CreateExportBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let password = fields.required("password", password);
        Some(Self { password: password? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let body = call.body::<CreateExportBody>();
    let confirmed = confirm(&call, &body, |body| &body.password).await?;
    let now = call.moment().now;
    call.write(
        body,
        move |uow, ctx, _| {
            confirmed.check()?;
            create_export(uow, ctx).map_err(Problem::from)
        },
        move |reply, export| reply.accepted(&ExportResponse::new(&export, now)),
    )
    .await
}
