//! `GET /me/exports/{id}`

use super::response::ExportResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::exports::find_export;
use madang_domain::ids::ExportId;

pub(crate) fn route() -> Route {
    Route::get("/me/exports/{id}", Who::guest().session_only(), handle)
        .summary("See how far an export is")
        .answers_detail::<ExportResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: ExportId = call.id("id")?;
    let export = call.read(call.nothing(), move |uow, ctx, ()| find_export(uow, ctx, id)).await?;
    let export = export.ok_or(Problem::from(Code::NotFound))?;
    Ok(call.reply().detail(&ExportResponse::new(&export, call.moment().now)))
}
