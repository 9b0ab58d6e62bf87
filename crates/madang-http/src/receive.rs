//! Taking in a request's body: its type, its size, and no more patience than it deserves.

use crate::problem::{Code, Problem};
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::web::{Bytes, Payload};
use std::time::Duration;

/// How long a whole body may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// The whole body.
///
/// # Errors
/// `payload_too_large` beyond `limit` bytes, `unsupported_media_type` for anything but JSON, `malformed_request` when
/// the body breaks off.
pub(crate) async fn body(
    request: &HttpRequest,
    payload: Payload,
    limit: usize,
    json: bool,
) -> Result<Bytes, Problem> {
    if declared_length(request.headers()).is_some_and(|length| length > limit) {
        return Err(Code::PayloadTooLarge.into());
    }
    let bytes = tokio::time::timeout(PATIENCE, payload.to_bytes_limited(limit))
        .await
        .map_err(|_| Problem::from(Code::MalformedRequest))?
        .map_err(|_| Problem::from(Code::PayloadTooLarge))?
        .map_err(|_| Problem::from(Code::MalformedRequest))?;
    if (json || !bytes.is_empty()) && !only_type(request.headers()).is_some_and(is_json_type) {
        return Err(Code::UnsupportedMediaType.into());
    }
    Ok(bytes)
}

/// Judges what a form says of itself; its handler reads it.
///
/// # Errors
/// `payload_too_large` beyond `limit` bytes, `unsupported_media_type` for anything but a form.
pub(crate) fn form(headers: &HeaderMap, limit: usize) -> Result<(), Problem> {
    if declared_length(headers).is_some_and(|length| length > limit) {
        return Err(Code::PayloadTooLarge.into());
    }
    if only_type(headers).is_some_and(is_form_type) {
        return Ok(());
    }
    Err(Problem::from(Code::UnsupportedMediaType).with_detail("upload-form"))
}

/// The length that the request says its body has.
fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The type of the body, when there is one and no other.
fn only_type(headers: &HeaderMap) -> Option<&HeaderValue> {
    let mut types = headers.get_all(header::CONTENT_TYPE);
    match (types.next(), types.next()) {
        (kind, None) => kind,
        _ => None,
    }
}

/// `multipart/form-data`; its boundary is looked for where the form is read.
fn is_form_type(kind: &HeaderValue) -> bool {
    let essence = kind.to_str().ok().and_then(|kind| kind.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("multipart/form-data"))
}

/// Exactly `application/json`, at most with its only charset.
fn is_json_type(kind: &HeaderValue) -> bool {
    let Ok(kind) = kind.to_str() else { return false };
    let mut parts = kind.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    essence.eq_ignore_ascii_case("application/json")
        && parts.all(|part| part.is_empty() || part.replace('"', "").eq_ignore_ascii_case("charset=utf-8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s_52_json_is_json_and_nothing_like_it() {
        for kind in
            ["application/json", "Application/JSON; charset=UTF-8", "application/json; charset=\"utf-8\""]
        {
            assert!(is_json_type(&HeaderValue::from_static(kind)), "{kind}");
        }
        for kind in
            ["application/x+json", "text/plain", "application/json; charset=latin1", "", "application/jsonx"]
        {
            assert!(!is_json_type(&HeaderValue::from_static(kind)), "{kind}");
        }
    }
}
