//! `PUT /notifications/{id}/read`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ids::NotificationId;
use madang_domain::notifications::mark_read;

pub(crate) fn route() -> Route {
    Route::put("/notifications/{id}/read", Who::guest(), handle)
        .summary("Mark a notice read")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: NotificationId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| mark_read(uow, ctx, id), no_content).await
}
