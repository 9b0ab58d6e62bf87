//! Interactive documentation: `GET /docs`. Everything it loads comes from this server.

use crate::answer::Answer;
use crate::call::Visit;
use crate::problem::{Code, Problem};
use crate::route::{Route, Visitor};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use std::sync::Arc;
use utoipa_swagger_ui::Config;

/// Scripts, styles and calls of this origin only; the styles that the page sets by itself are inline.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Madang</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"#;

const START: &str = r##"window.ui = SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", deepLinking: true });
"##;

pub(super) fn route() -> Route {
    Route::get("/docs", Visitor, handle)
        .at_root()
        .summary("Interactive documentation")
        .answers_media(200, "text/html")
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    visit.nothing()?;
    Ok(page_part(PAGE, "text/html; charset=utf-8"))
}

/// A file of the page.
///
/// # Errors
/// `not_found` for anything else.
pub(crate) fn asset(name: &str) -> Result<Answer, Problem> {
    if name == "start.js" {
        return Ok(page_part(START, "text/javascript"));
    }
    let kind = match name {
        "swagger-ui.css" => "text/css",
        "swagger-ui-bundle.js" => "text/javascript",
        _ => return Err(Code::NotFound.into()),
    };
    let file = utoipa_swagger_ui::serve(name, Arc::new(Config::from("/openapi.json")))
        .ok()
        .flatten()
        .ok_or(Problem::from(Code::NotFound))?;
    let answer = page_part(file.bytes.into_owned(), kind);
    Ok(if file.gzpipped {
        answer.with(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))
    } else {
        answer
    })
}

fn page_part(body: impl Into<actix_web::web::Bytes>, kind: &'static str) -> Answer {
    Answer::bytes(StatusCode::OK, HeaderValue::from_static(kind), body)
        .with(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY))
        .with(header::CACHE_CONTROL, HeaderValue::from_static("max-age=3600"))
}
