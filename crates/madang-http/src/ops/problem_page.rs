//! What an error means: `GET /problems/{slug}`, for people.

use crate::answer::Answer;
use crate::call::Visit;
use crate::problem::{Code, Problem};
use crate::route::{Route, Visitor};
use crate::texts::text;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};

pub(super) fn route() -> Route {
    Route::get("/problems/{slug}", Visitor, handle)
        .at_root()
        .summary("What an error means")
        .answers_media(200, "text/html")
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    visit.nothing()?;
    let code = Code::from_slug(visit.segment("slug")).ok_or(Problem::from(Code::NotFound))?;
    let language = visit.language();
    let (title, detail) = (text(language, code.slug()), text(language, &format!("{}.detail", code.slug())));
    // Everything that is put in here is ours: no text of a request is.
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"{tag}\">\n<head><meta charset=\"utf-8\"><title>{title} – Madang</title></head>\n\
         <body>\n<h1>{title}</h1>\n<p>{detail}</p>\n<p><code>{code}</code> · {status}</p>\n</body>\n</html>\n",
        tag = language.tag(),
        code = code.as_str(),
        status = code.status().as_u16(),
    );
    Ok(Answer::bytes(StatusCode::OK, HeaderValue::from_static("text/html; charset=utf-8"), page)
        .with(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()))
        .with(header::VARY, HeaderValue::from_static("Accept-Language")))
}
