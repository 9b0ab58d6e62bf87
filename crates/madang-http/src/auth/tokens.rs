//! The tokens of a session as they are handed out.

use crate::answer::Answer;
use crate::api::Api;
use crate::call::Visit;
use crate::cookies::{CookieName, Cookies};
use crate::me::UserResponse;
use crate::media_links::LinkHolder;
use crate::problem::Problem;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use chrono::TimeDelta;
use madang_auth::open_session::SignedIn;
use madang_domain::ctx::Moment;
use madang_domain::sessions::{Delivery, Session};
use serde::Serialize;
use utoipa::ToSchema;

/// How long a browser keeps the mark of a known device.
const DEVICE_LIFE: TimeDelta = TimeDelta::days(180);

/// A user who has just logged in, with the tokens.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuthResult {
    /// The account.
    user: UserResponse,
    #[serde(flatten)]
    #[schema(inline)]
    tokens: TokenResult,
}

/// The tokens of a session.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokenResult {
    /// The bearer token of the next calls.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// For how many seconds the access token lives.
    expires_in: i64,
    /// The refresh token, when the session was opened with `token_delivery: body`; else it is in a cookie.
    #[schema(required)]
    refresh_token: Option<String>,
}

/// Fresh tokens of a session, with the cookie that one of them travels in.
pub(crate) struct IssuedTokens {
    result: TokenResult,
    cookies: Vec<HeaderValue>,
}

impl IssuedTokens {
    /// Signs an access token and makes the current refresh token of `session`.
    ///
    /// # Errors
    /// `refresh_invalid` when the secret of the session's tokens is no longer held.
    pub(crate) fn of(api: &Api, moment: &Moment, session: &Session) -> Result<Self, Problem> {
        let Session { id, counter, key_id, nonce, .. } = session;
        let access = api.identity.tokens.issue(moment, session.user, *id)?;
        let refresh = api.identity.refresh.make(*id, *counter, *key_id, nonce)?;
        let (mut cookies, mut refresh_token) = (Vec::new(), None);
        match session.delivery {
            Delivery::Cookie => {
                let life = session.expires_at() - moment.now;
                cookies.push(Cookies::of(api).set(CookieName::Refresh, &refresh, life)?);
            }
            Delivery::Body => refresh_token = Some(refresh.to_string()),
        }
        let result = TokenResult {
            access_token: access.token,
            token_type: "Bearer",
            expires_in: access.expires_in.num_seconds(),
            refresh_token,
        };
        Ok(Self { result, cookies })
    }

    /// 200 with the tokens alone.
    pub(crate) fn answer(self) -> Answer {
        let Self { result, cookies } = self;
        secret(Answer::json(StatusCode::OK, &result), cookies)
    }
}

/// The answer to somebody who has just logged in.
///
/// # Errors
/// As [`IssuedTokens::of`].
pub(super) fn signed_in(
    visit: &Visit,
    moment: &Moment,
    status: StatusCode,
    signed_in: &SignedIn,
) -> Result<Answer, Problem> {
    let SignedIn { me, session, device_cookie } = signed_in;
    let api = visit.api();
    let IssuedTokens { result, mut cookies } = IssuedTokens::of(api, moment, session)?;
    // A client that takes its refresh token from the body keeps no cookies.
    if let (Some(value), Delivery::Cookie) = (device_cookie, session.delivery) {
        cookies.push(Cookies::of(api).set(CookieName::Device, value, DEVICE_LIFE)?);
    }
    let holder = LinkHolder { session: session.id, user: session.user };
    let viewer = visit.viewer().held_by(holder);
    let body = AuthResult { user: UserResponse::new(me, &viewer), tokens: result };
    Ok(secret(Answer::json(status, &body), cookies))
}

fn secret(answer: Answer, cookies: Vec<HeaderValue>) -> Answer {
    cookies.into_iter().fold(answer.secret(), |answer, cookie| answer.with(header::SET_COOKIE, cookie))
}
