//! `DELETE /admin/schools/{id}`

use super::response::AdminSchoolResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::ids::SchoolId;
use madang_domain::schools::delete_school;

pub(crate) fn route() -> Route {
    Route::delete("/admin/schools/{id}", Who::admin(), handle)
        .summary("Take an empty school away")
        .answers_empty(204)
        .problems(&[Code::NotEmpty])
        .if_match_required()
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: SchoolId = call.id("id")?;
    let precondition = call.precondition();
    call.write(
        call.nothing(),
        move |uow, ctx, ()| {
            delete_school(uow, ctx, id, &|found| precondition.holds(|| AdminSchoolResponse::new(found)))
        },
        no_content,
    )
    .await
}
