//! Asking for another address (ACC-11, AUTH-15).

use crate::access::Who;
use crate::answer::Answer;
use crate::auth::{confirm, password};
use crate::call::Call;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use crate::shapes::Accepted;
use madang_auth::change_email::change_email;
use madang_auth::passwords::Password;
use madang_domain::accounts::Email;
use std::sync::Arc;
use utoipa::ToSchema;

pub(super) fn route() -> Route {
    Route::post("/me/email", Who::guest().session_only(), handle)
        .summary("Ask for another e-mail address")
        .body::<ChangeEmailBody>()
        .answers::<Accepted>(202)
        .problems(&[Code::ReauthenticationFailed, Code::ServiceBusy])
}

#[derive(Clone, ToSchema)]
#[schema(as = ChangeEmail)]
pub(super) struct ChangeEmailBody {
    /// The new address; the present one takes back a change that waits.
    #[schema(value_type = String, max_length = 254, format = Email)]
    email: Email,
    #[schema(value_type = String, format = Password)]
    password: Password,
}

impl Body for ChangeEmailBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let email = fields.required("email", value::parsed(Email::parse));
        let password = fields.required("password", password);
        Some(Self { email: email?, password: password? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let body = call.body::<ChangeEmailBody>();
    let confirmed = confirm(&call, &body, |body| &body.password).await?;
    let identity = Arc::clone(&call.api().identity);
    let done = call.write(
        body,
        move |uow, ctx, body| {
            confirmed.check()?;
            change_email(uow, ctx, &identity.login, &body.email).map_err(Problem::from)
        },
        |reply, ()| reply.accepted(&Accepted::new(reply.language())),
    );
    done.await
}
