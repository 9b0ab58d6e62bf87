//! Login (AUTH-1 to AUTH-3, AUTH-17).

use super::tokens::{AuthResult, signed_in};
use super::values::{self, new_session};
use crate::answer::Answer;
use crate::call::Visit;
use crate::client;
use crate::cookies::{CookieName, Cookies};
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem, instant};
use crate::route::{Route, Visitor};
use crate::sanctions::SanctionResponse;
use actix_web::http::StatusCode;
use madang_auth::link_tokens;
use madang_auth::log_in::{FinishLogIn, LogInAttempt, LogInOutcome, LogInStart, begin_log_in, finish_log_in};
use madang_auth::passwords::{Attempt, Password};
use madang_domain::sessions::Delivery;
use serde_json::Value;
use std::sync::Arc;
use utoipa::ToSchema;

pub(super) fn route() -> Route {
    Route::post("/auth/login", Visitor, handle)
        .summary("Log in")
        .body::<LogInBody>()
        .answers::<AuthResult>(200)
        .problems(&[Code::InvalidCredentials, Code::AccountDisabled, Code::ServiceBusy])
}

#[derive(ToSchema)]
#[schema(as = LogIn)]
pub(super) struct LogInBody {
    /// The username, or an e-mail address that has been proven.
    username: String,
    #[schema(value_type = String, format = Password)]
    password: Password,
    /// How the refresh token shall travel: `cookie` (the default) or `body`.
    #[schema(value_type = Option<String>, nullable = false, pattern = "^(cookie|body)$")]
    token_delivery: Option<Delivery>,
}

impl Body for LogInBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let username = fields.required("username", value::secret);
        let password = fields.required("password", values::password);
        let token_delivery = fields.optional("token_delivery", value::choice(Delivery::from_word));
        Some(Self { username: username?, password: password?, token_delivery: token_delivery? })
    }
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    let LogInBody { username, password, token_delivery } = visit.body::<LogInBody>()?;
    let (api, moment, address) = (visit.api(), visit.moment(), visit.address());
    let network = client::network(address);
    if let Some(wait) = api.identity.failures.wait(moment, network) {
        return Err(Problem::throttled(&moment.policy.auth, wait));
    }
    let session = new_session(&visit, token_delivery)?;
    // A device that is named twice is not known.
    let device = Cookies::of(api).read(CookieName::Device, visit.headers()).ok().flatten();
    let attempt = LogInAttempt::new(&username, address, device.map(str::to_owned));

    let identity = Arc::clone(&api.identity);
    let begin = visit.read(Ok(attempt.clone()), move |uow, moment, attempt| {
        begin_log_in(uow, moment, &identity.login, attempt)
    });
    let challenge = match begin.await? {
        LogInStart::Challenge(challenge) => challenge,
        LogInStart::Throttled { retry_after } => {
            return Err(Problem::throttled(&moment.policy.auth, retry_after));
        }
    };
    let compared =
        Attempt { password, stored: challenge.stored.clone(), imported_left: challenge.imported_left };
    let verdict = api.identity.passwords.check(network, moment, compared).await?;

    // The hash may have waited: what follows is judged at its own moment.
    let later = api.moment();
    let (identity, moment) = (Arc::clone(&api.identity), later.clone());
    let finish = FinishLogIn { attempt, challenge, verdict, session };
    let finished = api.store.write::<_, Problem, _>(move |uow| {
        Ok(finish_log_in(uow, &moment, &identity.login, &identity.refresh, &finish)?)
    });
    match finished.await? {
        LogInOutcome::SignedIn(user) => signed_in(&visit, &later, StatusCode::OK, &user),
        LogInOutcome::InvalidCredentials => {
            api.identity.failures.fail(&later, network);
            Err(Code::InvalidCredentials.into())
        }
        LogInOutcome::AccountDisabled { until, ban } => {
            let (sanction, token) = match ban.map(|ban| *ban) {
                Some((ban, token)) => {
                    (SanctionResponse::own(ban).to_json()?, Some(link_tokens::text(&token)))
                }
                None => (Value::Null, None),
            };
            let problem = Problem::from(Code::AccountDisabled).with("sanction", sanction);
            Err(problem.with("appeal_token", token).with("ends_at", until.map(instant)))
        }
        LogInOutcome::Throttled { retry_after } => Err(Problem::throttled(&later.policy.auth, retry_after)),
    }
}
