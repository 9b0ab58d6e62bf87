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
    if (json || !bytes.is_empty()) && !is_json(request) {
        return Err(Code::UnsupportedMediaType.into());
    }
    Ok(bytes)
}

/// The length that the request says its body has.
pub(crate) fn declared_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Exactly `application/json`, at most with its only charset.
fn is_json(request: &HttpRequest) -> bool {
    let mut types = request.headers().get_all(header::CONTENT_TYPE);
    match (types.next(), types.next()) {
        (Some(kind), None) => is_json_type(kind),
        _ => false,
    }
}

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
