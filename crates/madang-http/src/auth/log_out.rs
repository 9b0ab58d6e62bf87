//! Logout: the end of every session that the request proves, by bearer, cookie or body (AUTH-12).

use super::refresh::RefreshBody;
use crate::answer::Answer;
use crate::call::Visit;
use crate::cookies::{CookieName, Cookies};
use crate::credentials::bearer;
use crate::problem::{Code, Problem};
use crate::route::{Route, Visitor};
use actix_web::http::header;
use madang_auth::log_out::{LogOut, log_out};
use std::sync::Arc;

pub(super) fn route() -> Route {
    Route::post("/auth/logout", Visitor, handle)
        .summary("Log out")
        .optional_body::<RefreshBody>()
        .by_cookie()
        .answers_empty(204)
        .problems(&[Code::CsrfRejected])
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    let cookies = Cookies::of(visit.api());
    let cookie = cookies.read(CookieName::Refresh, visit.headers())?;
    let body = visit.body::<RefreshBody>()?.refresh_token;
    let identity = Arc::clone(&visit.api().identity);
    let token = bearer(visit.headers()).ok();
    let proven = LogOut {
        bearer: token.and_then(|token| identity.tokens.verify(token, visit.moment().now).ok()),
        presented: cookie
            .into_iter()
            .chain(body.as_deref())
            .filter_map(|value| identity.refresh.parse(value).ok())
            .collect(),
    };
    if proven.bearer.is_some() || !proven.presented.is_empty() {
        let ended = visit
            .change(Ok(proven), move |uow, moment, proven| log_out(uow, moment, &identity.refresh, proven));
        ended.await?;
    }
    Ok(Answer::no_content().with(header::SET_COOKIE, cookies.clear(CookieName::Refresh)))
}
