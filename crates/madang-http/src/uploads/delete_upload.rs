//! `DELETE /uploads/{id}`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::ids::MediaId;
use madang_domain::media::delete_upload;

pub(crate) fn route() -> Route {
    Route::delete("/uploads/{id}", Who::guest(), handle)
        .summary("Delete an own upload that nothing uses")
        .answers_empty(204)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: MediaId = call.id("id")?;
    call.write(call.nothing(), move |uow, ctx, ()| delete_upload(uow, ctx, id), no_content).await
}
