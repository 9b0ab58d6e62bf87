//! A new password in place of a forgotten one (AUTH-14).

use super::values;
use crate::answer::Answer;
use crate::call::Visit;
use crate::client;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::{Route, Visitor};
use madang_auth::link_tokens;
use madang_auth::passwords::{Password, PasswordRule};
use madang_auth::reset_password::{ResetPassword, ResetPasswordError, begin_reset_password, reset_password};
use std::sync::Arc;
use utoipa::ToSchema;

pub(super) fn route() -> Route {
    Route::post("/auth/password/reset", Visitor, handle)
        .summary("Choose a new password by a mailed link")
        .body::<ResetPasswordBody>()
        .answers_empty(204)
        .problems(&[Code::LinkInvalid, Code::ServiceBusy])
}

#[derive(ToSchema)]
#[schema(as = ResetPassword)]
pub(super) struct ResetPasswordBody {
    /// What the link held.
    token: String,
    #[schema(value_type = String, min_length = 8, max_length = 256, format = Password)]
    new_password: Password,
}

impl Body for ResetPasswordBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let token = fields.required("token", value::secret);
        let new_password = fields.required("new_password", values::password);
        Some(Self { token: token?, new_password: new_password? })
    }
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    let ResetPasswordBody { token, new_password } = visit.body::<ResetPasswordBody>()?;
    let (api, address) = (visit.api(), visit.address());
    let secret = link_tokens::parse(&token).ok_or(ResetPasswordError::LinkInvalid)?;
    let begin = visit.read(Ok(secret.clone()), begin_reset_password);
    let context = begin.await?;
    let context = context.each_ref().map(String::as_str);
    PasswordRule::of(&visit.moment().policy.accounts)
        .judge(&new_password, &context)
        .map_err(|code| Problem::field("new_password", code))?;
    let passwords = &api.identity.passwords;
    let password = passwords.hash(client::network(address), visit.moment(), new_password).await?;

    // The hash may have waited: whether the link is still good is judged at its own moment.
    let (identity, moment) = (Arc::clone(&api.identity), api.moment());
    let command = ResetPassword { secret, password, address };
    let reset = api
        .store
        .write::<_, Problem, _>(move |uow| Ok(reset_password(uow, &moment, &identity.login, &command)?));
    reset.await.map(|()| Answer::no_content())
}
