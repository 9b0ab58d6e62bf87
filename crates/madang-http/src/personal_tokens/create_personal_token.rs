//! Making a personal token (AUTH-15, AUTH-16).

use super::response::PersonalTokenCreatedResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::auth::{Confirmed, confirm, password};
use crate::call::{Call, RepeatKey, Replay};
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::Route;
use actix_web::http::header::{HeaderName, HeaderValue};
use chrono::TimeDelta;
use madang_auth::passwords::Password;
use madang_auth::personal_tokens::{CreatePersonalToken, create_personal_token};
use madang_domain::ctx::Ctx;
use madang_domain::personal_tokens::{NAME_RULE, PersonalToken};
use madang_domain::store::UnitOfWork;
use utoipa::ToSchema;
use uuid::Uuid;

/// For how many days a token lives whose maker does not say.
const USUAL_DAYS: i64 = 90;

pub(super) fn route() -> Route {
    Route::post("/auth/tokens", Who::student().session_only(), handle)
        .summary("Make a personal token")
        .body::<CreatePersonalTokenBody>()
        .answers::<PersonalTokenCreatedResponse>(201)
        .problems(&[Code::ReauthenticationFailed, Code::LimitReached, Code::ServiceBusy])
}

#[derive(Clone, ToSchema)]
#[schema(as = CreatePersonalToken)]
pub(super) struct CreatePersonalTokenBody {
    #[schema(min_length = 1, max_length = 50)]
    name: String,
    /// 90 when it is not said.
    #[schema(value_type = Option<i64>, nullable = false, minimum = 1, maximum = 365)]
    expires_in_days: i64,
    #[schema(value_type = String, format = Password)]
    password: Password,
}

impl Body for CreatePersonalTokenBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let longest = fields.policy().auth.personal_token_max.num_days();
        let name = fields.required("name", value::trimmed(NAME_RULE));
        let days = fields.optional("expires_in_days", value::integer(1..=longest));
        let password = fields.required("password", password);
        let expires_in_days = days?.unwrap_or(USUAL_DAYS.min(longest));
        Some(Self { name: name?, expires_in_days, password: password? })
    }
}

/// The body, and the key by which the request would come again.
type Input = (CreatePersonalTokenBody, Option<RepeatKey>);

async fn handle(call: Call) -> Result<Answer, Problem> {
    let body = call.body::<CreatePersonalTokenBody>();
    let confirmed = confirm(&call, &body, |body| &body.password).await?;
    let input = call.with_repeat(body);
    let (token, value) =
        call.change(input, move |uow, ctx, input| create(uow, ctx, input, confirmed)).await?;
    let is_repeat = value.is_none();
    let body = PersonalTokenCreatedResponse::new(token, value);
    let answer = call.reply().created("/auth/tokens", &body).secret();
    let replayed = HeaderName::from_static("idempotency-replayed");
    Ok(if is_repeat { answer.with(replayed, HeaderValue::from_static("true")) } else { answer })
}

/// Makes the token, or finds the one that the same request has made: its value is kept nowhere, so it is told once.
fn create(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    (body, repeat): &Input,
    confirmed: Confirmed,
) -> Result<(PersonalToken, Option<String>), Problem> {
    if let Some(Replay::Kept(kept)) = repeat.map(|key| key.claim(uow, ctx)).transpose()? {
        let id = Uuid::from_slice(&kept).map_err(Problem::internal)?;
        let token = uow.personal_tokens().find(id.into(), ctx.actor.user)?;
        return Ok((token.ok_or(Problem::from(Code::NotFound))?, None));
    }
    confirmed.check()?;
    let command =
        CreatePersonalToken { name: body.name.clone(), life: TimeDelta::days(body.expires_in_days) };
    let made = create_personal_token(uow, ctx, &command)?;
    if let Some(key) = repeat {
        uow.idempotency().keep(key.request, Uuid::from(made.token.id).as_bytes())?;
    }
    Ok((made.token, Some(made.secret.text().to_string())))
}
