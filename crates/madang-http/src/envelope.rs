//! What stands around every answer, those of the framework included.

use crate::api::Api;
use crate::etag;
use crate::negotiate;
use crate::ops::metrics;
use crate::problem::{Code, Problem};
use crate::span;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, web};
use std::sync::Arc;
use std::time::Instant;
use tracing_actix_web::RequestId;

const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
const STRICT_TRANSPORT: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Finishes an answer: a failure of the framework becomes a problem, and every answer gets its headers.
pub(crate) async fn envelope<B: MessageBody + 'static>(
    api: web::Data<Api>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let method = request.method().clone();
    let response = match next.call(request).await {
        Ok(response) => response.map_into_boxed_body(),
        Err(error) => return Err(error),
    };
    let mut response = if is_foreign_failure(&response) { as_problem(response) } else { response };
    metrics::count(
        word(&method),
        span::pattern(response.request()),
        response.status().as_u16(),
        started.elapsed(),
    );
    let id = response.request().extensions().get::<RequestId>().copied();
    let headers = response.headers_mut();
    if let Some(id) = id.and_then(|id| HeaderValue::from_str(&id.to_string()).ok()) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    protect(headers, api.is_plain_http());
    mark_coding(headers);
    Ok(response)
}

fn protect(headers: &mut HeaderMap, plain: bool) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    }
    if !plain {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, STRICT_TRANSPORT);
    }
}

/// A compressed body is another representation: its tag says so. `identity` only told the compressor to keep off.
fn mark_coding(headers: &mut HeaderMap) {
    let Some(coding) = headers.get(header::CONTENT_ENCODING).and_then(|coding| coding.to_str().ok()) else {
        return;
    };
    if coding == "identity" {
        headers.remove(header::CONTENT_ENCODING);
        return;
    }
    let tag = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    if let Some(tag) = tag.and_then(|tag| HeaderValue::from_str(&etag::coded(tag, coding)?).ok()) {
        headers.insert(header::ETAG, tag);
    }
}

/// Whether the framework, not one of our handlers, has refused the request.
fn is_foreign_failure(response: &ServiceResponse) -> bool {
    let failed = response.status().is_client_error() || response.status().is_server_error();
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    failed && !matches!(kind, Some(b"application/problem+json" | b"application/json"))
}

fn as_problem(response: ServiceResponse) -> ServiceResponse {
    let code = match response.status() {
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Code::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Code::PayloadTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        StatusCode::SERVICE_UNAVAILABLE => Code::ServiceUnavailable,
        status if status.is_client_error() => Code::MalformedRequest,
        _ => Code::InternalError,
    };
    let (request, kept) = response.into_parts();
    let language = negotiate::language(request.headers());
    let mut answer: HttpResponse = Problem::from(code).answer(language, request.path()).into_response();
    // What the framework said beside its text, such as `Allow` and the headers of CORS, stays.
    let of_its_body = [header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::TRANSFER_ENCODING];
    for (name, value) in kept.headers() {
        if !answer.headers().contains_key(name) && !of_its_body.contains(name) {
            answer.headers_mut().append(name.clone(), value.clone());
        }
    }
    ServiceResponse::new(request, answer)
}

/// Methods as labels: callers may send anything.
fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// The answer where no route is.
pub(crate) async fn nowhere(request: actix_web::HttpRequest) -> HttpResponse {
    let language = negotiate::language(request.headers());
    Problem::from(Code::NotFound).answer(language, request.path()).into_response()
}

/// The shared state as the framework hands it round.
pub(crate) fn data(api: &Arc<Api>) -> web::Data<Api> {
    web::Data::from(Arc::clone(api))
}
