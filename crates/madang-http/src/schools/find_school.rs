//! `GET /schools/{id}`

use super::SchoolResponse;
use crate::answer::Answer;
use crate::call::Visit;
use crate::problem::{Code, Problem};
use crate::route::{Route, Visitor};
use madang_domain::ids::SchoolId;

pub(crate) fn route() -> Route {
    Route::get("/schools/{id}", Visitor, handle)
        .summary("Read a school")
        .answers_detail::<SchoolResponse>(200)
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    let id: SchoolId = visit.id("id")?;
    let school = visit
        .read(visit.nothing(), move |uow, _, ()| uow.schools().find(id)?.ok_or(Problem::from(Code::NotFound)))
        .await?;
    Ok(visit.reply().detail(&SchoolResponse::new(&school)))
}
