//! `GET /leads/{id}`

use super::response::LeadResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::LeadId;
use madang_domain::leads::find_lead;

pub(crate) fn route() -> Route {
    Route::get("/leads/{id}", Who::guest(), handle)
        .summary("Read an own lead")
        .answers_detail::<LeadResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: LeadId = call.id("id")?;
    let lead = call.read(call.nothing(), move |uow, ctx, ()| find_lead(uow, ctx, id)).await?;
    let lead = lead.ok_or(Problem::from(Code::NotFound))?;
    Ok(call.reply().detail(&LeadResponse::new(&lead)))
}
