//! Changing the password (AUTH-13, AUTH-15).

use crate::access::Who;
use crate::answer::Answer;
use crate::auth::{IssuedTokens, TokenResult, password};
use crate::call::Call;
use crate::client;
use crate::extract::{Body, Fields};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_auth::change_password::{
    ChangePasswordOutcome, ChangePasswordStart, FinishChangePassword, begin_change_password,
    finish_change_password,
};
use madang_auth::passwords::{Attempt, Password, PasswordRule};
use std::sync::Arc;
use utoipa::ToSchema;

pub(super) fn route() -> Route {
    Route::post("/me/password", Who::guest().session_only(), handle)
        .summary("Change the password")
        .body::<ChangePasswordBody>()
        .answers::<TokenResult>(200)
        .problems(&[Code::ReauthenticationFailed, Code::ServiceBusy])
}

#[derive(Clone, ToSchema)]
#[schema(as = ChangePassword)]
pub(super) struct ChangePasswordBody {
    #[schema(value_type = String, format = Password)]
    current_password: Password,
    #[schema(value_type = String, min_length = 8, max_length = 256, format = Password)]
    new_password: Password,
}

impl Body for ChangePasswordBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let current_password = fields.required("current_password", password);
        let new_password = fields.required("new_password", password);
        Some(Self { current_password: current_password?, new_password: new_password? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let (api, moment, address) = (call.api(), call.moment(), call.address());
    let (network, body) = (client::network(address), call.body::<ChangePasswordBody>());
    let identity = Arc::clone(&api.identity);
    let begin =
        call.read(body.clone(), move |uow, ctx, _| begin_change_password(uow, ctx, &identity.login, address));
    let challenge = match begin.await? {
        ChangePasswordStart::Challenge(challenge) => challenge,
        ChangePasswordStart::Throttled { retry_after } => {
            return Err(Problem::throttled(&moment.policy.auth, retry_after));
        }
    };
    let ChangePasswordBody { current_password, new_password } = body?;
    let context = challenge.context.each_ref().map(String::as_str);
    PasswordRule::of(&moment.policy.accounts)
        .judge(&new_password, &context)
        .map_err(|code| Problem::field("new_password", code))?;
    let present = Attempt {
        password: current_password,
        stored: Some(challenge.stored.clone()),
        imported_left: challenge.imported_left,
    };
    let change = api.identity.passwords.change(network, moment, present, new_password).await?;

    let (identity, finish) = (Arc::clone(&api.identity), FinishChangePassword { challenge, change, address });
    let finished = call.change(Ok(finish), move |uow, ctx, finish| {
        finish_change_password(uow, ctx, &identity.login, &identity.refresh, finish)
    });
    match finished.await? {
        ChangePasswordOutcome::Changed(session) => Ok(IssuedTokens::of(api, moment, &session)?.answer()),
        ChangePasswordOutcome::ReauthenticationFailed => {
            api.identity.failures.fail(moment, network);
            Err(Code::ReauthenticationFailed.into())
        }
        ChangePasswordOutcome::Throttled { retry_after } => {
            Err(Problem::throttled(&moment.policy.auth, retry_after))
        }
    }
}
