//! The OpenAPI document: `GET /openapi.json`.

use crate::answer::Answer;
use crate::call::Visit;
use crate::openapi::DOCUMENT;
use crate::problem::Problem;
use crate::route::{Route, Visitor};
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;

pub(super) fn route() -> Route {
    Route::get("/openapi.json", Visitor, handle)
        .at_root()
        .summary("This document")
        .answers_media(200, "application/json")
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    visit.nothing()?;
    Ok(Answer::bytes(StatusCode::OK, HeaderValue::from_static("application/json"), DOCUMENT.clone()))
}
