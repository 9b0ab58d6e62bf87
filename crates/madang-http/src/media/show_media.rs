//! `GET /media/{id}/{variant}`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::etag::{etag, is_known};
use crate::problem::{Code, Problem};
use crate::route::Route;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use madang_domain::ids::MediaId;
use madang_domain::media::{Variant, find_media};

pub(crate) fn route() -> Route {
    Route::get("/media/{id}/{variant}", Who::guest(), handle)
        .summary("Show a picture, by bearer or by the token of its URL")
        .by_link()
        .answers_picture(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: MediaId = call.id("id")?;
    let variant = Variant::from_word(call.segment("variant")).ok_or(Problem::from(Code::NotFound))?;
    let file = call.read(call.nothing(), move |uow, ctx, ()| find_media(uow, ctx, id)).await?;
    // The bytes behind an id never change. A tag of the bytes would tell whether two pictures are the same.
    let tag = etag(format!("{id} {}", variant.as_str()).as_bytes());
    let tag = HeaderValue::from_str(&tag).map_err(Problem::internal)?;
    let content_type = HeaderValue::from_static(file.kind.content_type());
    if is_known(call.headers(), &tag) {
        return Ok(Answer::bytes(StatusCode::OK, content_type, Vec::new()).with(header::ETAG, tag));
    }
    let Some(bytes) = call.api().gallery.read(file.blob, variant).await? else {
        tracing::error!(picture = %id, "the file of a picture is missing");
        return Err(Code::NotFound.into());
    };
    Ok(Answer::bytes(StatusCode::OK, content_type, bytes)
        .with(header::ETAG, tag)
        .with(header::CONTENT_ENCODING, HeaderValue::from_static("identity")))
}
