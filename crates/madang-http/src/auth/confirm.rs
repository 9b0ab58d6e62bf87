//! The password once more, where an act asks for it (AUTH-15).

use crate::call::{Call, Parsed};
use crate::client;
use crate::problem::{Code, Problem};
use madang_auth::confirm_password::{
    ConfirmStart, Confirmation, begin_confirm_password, finish_confirm_password,
};
use madang_auth::passwords::{Attempt, Password};
use std::sync::Arc;

/// Compares the password in `input` with the caller's; one hash. The act follows in a unit of its own.
///
/// # Errors
/// What any unit refuses before its work, `reauthentication_failed`, `rate_limited`, `service_busy`.
pub(crate) async fn confirm<I: Clone + Send + 'static>(
    call: &Call,
    input: &Parsed<I>,
    password: impl Fn(&I) -> &Password,
) -> Result<(), Problem> {
    let (api, moment, address) = (call.api(), call.moment(), call.address());
    let network = client::network(address);
    let identity = Arc::clone(&api.identity);
    let begin = call
        .read(input.clone(), move |uow, ctx, _| begin_confirm_password(uow, ctx, &identity.login, address));
    let challenge = match begin.await? {
        ConfirmStart::Challenge(challenge) => challenge,
        ConfirmStart::Throttled { retry_after } => {
            return Err(Problem::throttled(&moment.policy.auth, retry_after));
        }
    };
    let attempt = Attempt {
        password: input.as_ref().map(password).map_err(Problem::clone)?.clone(),
        stored: Some(challenge.stored.clone()),
        imported_left: challenge.imported_left,
    };
    let verdict = api.identity.passwords.check(network, moment, attempt).await?;
    let identity = Arc::clone(&api.identity);
    let finish = call.change(Ok((challenge, verdict)), move |uow, ctx, (challenge, verdict)| {
        finish_confirm_password(uow, ctx, &identity.login, challenge, verdict, address)
    });
    match finish.await? {
        Confirmation::Confirmed => Ok(()),
        Confirmation::Failed => {
            api.identity.failures.fail(moment, network);
            Err(Code::ReauthenticationFailed.into())
        }
        Confirmation::Throttled { retry_after } => Err(Problem::throttled(&moment.policy.auth, retry_after)),
    }
}
