//! `DELETE /leads/{id}`

use super::response::LeadResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ids::LeadId;
use madang_domain::leads::delete_lead;

pub(crate) fn route() -> Route {
    Route::delete("/leads/{id}", Who::student(), handle).summary("Delete an own lead").answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: LeadId = call.id("id")?;
    let precondition = call.precondition();
    call.write(
        call.nothing(),
        move |uow, ctx, ()| delete_lead(uow, ctx, id, &|lead| precondition.holds(|| LeadResponse::new(lead))),
        no_content,
    )
    .await
}
