//! `DELETE /moderation/sanctions/{id}` (SAN-3)

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::SanctionId;
use madang_domain::sanctions::lift_sanction;

pub(crate) fn route() -> Route {
    Route::delete("/moderation/sanctions/{id}", Who::student(), handle)
        .summary("Lift a sanction before its time")
        .answers_empty(204)
        .problems(&[Code::ConflictOfInterest])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: SanctionId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| lift_sanction(uow, ctx, id), no_content).await
}
