//! The mail for a forgotten password (AUTH-14): the same answer whoever asks, whether anybody has the address or not.

use crate::answer::Answer;
use crate::call::Visit;
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::{Route, Visitor};
use crate::shapes::Accepted;
use madang_auth::forgot_password::forgot_password;
use madang_domain::accounts::Email;
use std::sync::Arc;
use utoipa::ToSchema;

pub(super) fn route() -> Route {
    Route::post("/auth/password/forgot", Visitor, handle)
        .summary("Mail a link for a forgotten password")
        .body::<ForgotPasswordBody>()
        .answers::<Accepted>(202)
}

#[derive(ToSchema)]
#[schema(as = ForgotPassword)]
pub(super) struct ForgotPasswordBody {
    /// The address of the account; nothing is mailed unless it has been proven.
    #[schema(value_type = String, max_length = 254, format = Email)]
    email: Email,
}

impl Body for ForgotPasswordBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self { email: fields.required("email", value::parsed(Email::parse))? })
    }
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    let identity = Arc::clone(&visit.api().identity);
    let done = visit.write(
        visit.body::<ForgotPasswordBody>(),
        move |uow, moment, body| forgot_password(uow, moment, &identity.login, &body.email),
        |reply, ()| reply.accepted(&Accepted::new(reply.language())),
    );
    done.await
}
