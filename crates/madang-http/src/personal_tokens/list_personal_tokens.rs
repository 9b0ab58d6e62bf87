//! The caller's live personal tokens, without their values.

use super::response::PersonalTokenResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::List;
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_auth::personal_tokens::list_personal_tokens;

const LIST: List = List::page(&[]);

pub(super) fn route() -> Route {
    Route::get("/auth/tokens", Who::guest().session_only(), handle)
        .summary("List own personal tokens")
        .list(&LIST)
        .answers::<Page<PersonalTokenResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let listed = call.read(query.clone(), |uow, ctx, query| {
        list_personal_tokens(uow, ctx, query.page()).map(|page| page.map(PersonalTokenResponse::new))
    });
    let page = listed.await?;
    call.reply().page(&query?, page)
}
