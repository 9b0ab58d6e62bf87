//! Showing the own account.

use super::UserResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::accounts::show_me;

pub(super) fn route() -> Route {
    Route::get("/me", Who::guest(), handle)
        .summary("Show the own account")
        .answers_detail::<UserResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let me = call.read(call.nothing(), |uow, ctx, ()| show_me(uow, ctx)).await?;
    Ok(call.reply().detail(&UserResponse::new(&me, &call.viewer())))
}
