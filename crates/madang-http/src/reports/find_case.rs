//! `GET /moderation/cases/{id}`

use super::CaseResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ids::CaseId;
use madang_domain::reports::find_case;

pub(crate) fn route() -> Route {
    Route::get("/moderation/cases/{id}", Who::student(), handle)
        .summary("Read a case")
        .answers_detail::<CaseResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: CaseId = call.id("id")?;
    let viewer = call.viewer();
    let seen = call.read(call.nothing(), move |uow, ctx, ()| find_case(uow, ctx, id)).await?;
    Ok(call.reply().detail(&CaseResponse::new(&seen, &viewer)))
}
