//! Refresh: new tokens for the one that the cookie or the body holds (AUTH-8, AUTH-9). The bearer is not looked at.

use super::tokens::{IssuedTokens, TokenResult};
use crate::answer::Answer;
use crate::call::Visit;
use crate::cookies::{CookieName, Cookies};
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::{Route, Visitor};
use actix_web::http::header;
use madang_auth::refresh::{RefreshOutcome, refresh};
use madang_domain::sessions::Delivery;
use std::sync::Arc;
use utoipa::ToSchema;

pub(super) fn route() -> Route {
    Route::post("/auth/refresh", Visitor, handle)
        .summary("Exchange a refresh token for new tokens")
        .optional_body::<RefreshBody>()
        .by_cookie()
        .answers::<TokenResult>(200)
        .problems(&[Code::AuthenticationRequired, Code::RefreshInvalid, Code::CsrfRejected])
}

/// A refresh token in the body, for clients that keep no cookies.
#[derive(ToSchema)]
#[schema(as = Refresh)]
pub(super) struct RefreshBody {
    #[schema(nullable = false)]
    pub(super) refresh_token: Option<String>,
}

impl Body for RefreshBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let refresh_token = fields.optional("refresh_token", value::secret);
        Some(Self { refresh_token: refresh_token? })
    }
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    let cookies = Cookies::of(visit.api());
    let cookie = cookies.read(CookieName::Refresh, visit.headers())?;
    let body = visit.body::<RefreshBody>()?.refresh_token;
    let (value, delivery) = match (cookie, body) {
        (Some(_), Some(_)) => return Err(Code::MalformedRequest.into()),
        (Some(value), None) => (value.to_owned(), Delivery::Cookie),
        (None, Some(value)) => (value, Delivery::Body),
        (None, None) => return Err(Code::AuthenticationRequired.into()),
    };
    let refreshed = rotate(&visit, &value, delivery).await;
    refreshed.map_err(|problem| match problem.code() {
        Code::RefreshInvalid => problem.with_header(header::SET_COOKIE, cookies.clear(CookieName::Refresh)),
        _ => problem,
    })
}

async fn rotate(visit: &Visit, value: &str, delivery: Delivery) -> Result<Answer, Problem> {
    let identity = Arc::clone(&visit.api().identity);
    let presented = identity.refresh.parse(value)?;
    let rotated = visit.change(Ok(presented), move |uow, moment, presented| {
        refresh(uow, moment, &identity.refresh, presented, delivery)
    });
    match rotated.await? {
        RefreshOutcome::Refreshed(session) => {
            Ok(IssuedTokens::of(visit.api(), visit.moment(), &session)?.answer())
        }
        RefreshOutcome::Invalid => Err(Code::RefreshInvalid.into()),
    }
}
