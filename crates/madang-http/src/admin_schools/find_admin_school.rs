//! `GET /admin/schools/{id}`

use super::response::AdminSchoolResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::SchoolId;
use madang_domain::schools::SchoolWithTerms;
use madang_domain::store::UnitOfWork;

pub(crate) fn route() -> Route {
    Route::get("/admin/schools/{id}", Who::admin(), handle)
        .summary("Read a school with its terms")
        .answers_detail::<AdminSchoolResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: SchoolId = call.id("id")?;
    let found = call.read(call.nothing(), move |uow, _, ()| find(uow, id)).await?;
    Ok(call.reply().detail(&AdminSchoolResponse::new(&found)))
}

/// The school with its terms, or 404.
pub(super) fn find(uow: &mut dyn UnitOfWork, id: SchoolId) -> Result<SchoolWithTerms, Problem> {
    uow.schools().find_with_terms(id)?.ok_or(Problem::from(Code::NotFound))
}
