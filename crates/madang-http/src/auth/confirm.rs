//! The password once more, where an act asks for it (AUTH-15).

use crate::call::{Call, Parsed, Replay};
use crate::client;
use crate::problem::{Code, Problem};
use chrono::TimeDelta;
use madang_auth::confirm_password::{
    ConfirmStart, Confirmation, begin_confirm_password, finish_confirm_password,
};
use madang_auth::passwords::{Attempt, Password};
use madang_domain::ctx::Ctx;
use madang_domain::store::{StoreError, UnitOfWork};
use std::sync::Arc;

/// What is known when the act follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Confirmed {
    /// The password was right.
    ByPassword,
    /// The password was not looked at: the act is done already, or refused whatever the password.
    Unasked,
}

impl Confirmed {
    /// Refuses an act that was neither done nor refused after all, because things have changed within moments. To be asked
    /// inside its unit, which writes nothing then.
    pub(crate) fn check(self) -> Result<(), Problem> {
        match self {
            Self::ByPassword => Ok(()),
            Self::Unasked => Err(Problem::retry_after(Code::ServiceBusy, TimeDelta::seconds(1))),
        }
    }
}

enum Begin {
    Settled,
    Confirm(ConfirmStart),
}

/// [`confirm_for`] an act that depends on no item.
///
/// # Errors
/// As [`confirm_for`].
pub(crate) async fn confirm<I: Clone + Send + 'static>(
    call: &Call,
    input: &Parsed<I>,
    password: impl Fn(&I) -> &Password,
) -> Result<Confirmed, Problem> {
    confirm_for(call, input, password, |_, _| Ok::<(), StoreError>(())).await
}

/// Compares the password in `input` with the caller's; one hash. The act follows in a unit of its own. Before the password
/// comes what the contract puts before it: the kept answer of a repeated request, and whether the item is the caller's to act
/// on, as `judge` says. Then the password is not looked at, no failure is counted, and the act's unit tells the answer.
///
/// # Errors
/// What any unit refuses before its work, `idempotency_key_reused`, `reauthentication_failed`, `rate_limited`, `service_busy`.
pub(crate) async fn confirm_for<I, E>(
    call: &Call,
    input: &Parsed<I>,
    password: impl Fn(&I) -> &Password,
    judge: impl Fn(&mut dyn UnitOfWork, &Ctx) -> Result<(), E> + Send + 'static,
) -> Result<Confirmed, Problem>
where
    I: Clone + Send + 'static,
{
    let (api, moment, address) = (call.api(), call.moment(), call.address());
    let network = client::network(address);
    let identity = Arc::clone(&api.identity);
    let begin = call.read(call.with_repeat(input.clone()), move |uow, ctx, (_, repeat)| {
        if let Some(Replay::Kept(_)) = repeat.map(|repeat| repeat.look(uow, ctx)).transpose()? {
            return Ok::<_, Problem>(Begin::Settled);
        }
        if judge(uow, ctx).is_err() {
            return Ok(Begin::Settled);
        }
        Ok(Begin::Confirm(begin_confirm_password(uow, ctx, &identity.login, address)?))
    });
    let challenge = match begin.await? {
        Begin::Settled => return Ok(Confirmed::Unasked),
        Begin::Confirm(ConfirmStart::Challenge(challenge)) => challenge,
        Begin::Confirm(ConfirmStart::Throttled { retry_after }) => {
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
        Confirmation::Confirmed => Ok(Confirmed::ByPassword),
        Confirmation::Failed => {
            api.identity.failures.fail(moment, network);
            Err(Code::ReauthenticationFailed.into())
        }
        Confirmation::Throttled { retry_after } => Err(Problem::throttled(&moment.policy.auth, retry_after)),
    }
}
