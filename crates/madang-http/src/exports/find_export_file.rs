//! `GET /me/exports/{id}/file`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use madang_domain::exports::find_export_file;
use madang_domain::ids::ExportId;

pub(crate) fn route() -> Route {
    Route::get("/me/exports/{id}/file", Who::guest().session_only(), handle)
        .summary("Take the file of an export")
        .answers_media(200, "application/zip")
        .problems(&[Code::NotReady])
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: ExportId = call.id("id")?;
    let name = call.read(call.nothing(), move |uow, ctx, ()| find_export_file(uow, ctx, id)).await?;
    let path = call.api().settings.exports_dir.join(name);
    // Workers only await.
    #[expect(clippy::disallowed_methods, reason = "one file a person and day, so that no threads pile up")]
    let read = actix_web::web::block(move || std::fs::read(path)).await.map_err(Problem::internal)?;
    // Made on a node whose files this one does not have, or erased between the two.
    let bytes = read.map_err(|_| Problem::from(Code::NotReady))?;
    let answer = Answer::bytes(StatusCode::OK, HeaderValue::from_static("application/zip"), bytes);
    let attached = HeaderValue::from_static("attachment; filename=\"madang-export.zip\"");
    Ok(answer.secret().with(header::CONTENT_DISPOSITION, attached))
}
