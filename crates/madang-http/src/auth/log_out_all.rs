//! Logout on all devices (AUTH-13).

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::cookies::{CookieName, Cookies};
use crate::problem::Problem;
use crate::route::Route;
use actix_web::http::header;
use madang_auth::sessions::log_out_all;

pub(super) fn route() -> Route {
    Route::post("/auth/logout-all", Who::guest().session_only(), handle)
        .summary("Log out on all devices")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let cookies = Cookies::of(call.api());
    let done = call.write(
        call.nothing(),
        |uow, ctx, ()| log_out_all(uow, ctx),
        move |_, ()| Answer::no_content().with(header::SET_COOKIE, cookies.clear(CookieName::Refresh)),
    );
    done.await
}
