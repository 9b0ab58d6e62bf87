//! `POST /me/withdrawal` (ACC-18)

use crate::access::Who;
use crate::answer::Answer;
use crate::auth::{confirm, password};
use crate::call::Call;
use crate::cookies::{CookieName, Cookies};
use crate::extract::{Body, Fields};
use crate::problem::{Code, Problem};
use crate::route::Route;
use actix_web::http::header;
use madang_auth::passwords::Password;
use madang_domain::accounts::withdraw;
use utoipa::ToSchema;

pub(super) fn route() -> Route {
    Route::post("/me/withdrawal", Who::guest().session_only(), handle)
        .summary("Withdraw: the account is dead at once, and erased later")
        .body::<WithdrawBody>()
        .answers_empty(204)
        .problems(&[Code::ReauthenticationFailed, Code::ManagesBoard, Code::LastAdmin, Code::ServiceBusy])
}

#[derive(Clone, ToSchema)]
#[schema(as = Withdraw)]
pub(super) struct WithdrawBody {
    #[schema(value_type = String, format = Password)]
    password: Password,
}

impl Body for WithdrawBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let password = fields.required("password", password);
        Some(Self { password: password? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let cookies = Cookies::of(call.api());
    let body = call.body::<WithdrawBody>();
    let confirmed = confirm(&call, &body, |body| &body.password).await?;
    call.write(
        body,
        move |uow, ctx, _| {
            confirmed.check()?;
            withdraw(uow, ctx).map_err(Problem::from)
        },
        move |_, ()| Answer::no_content().with(header::SET_COOKIE, cookies.clear(CookieName::Refresh)),
    )
    .await
}
