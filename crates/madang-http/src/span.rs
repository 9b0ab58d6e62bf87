//! The span of a request: its id, method and route pattern, and nothing that a caller sent.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpMessage, HttpRequest};
use std::sync::Arc;
use tracing::Span;
use tracing_actix_web::{RequestId, RootSpanBuilder};

/// The pattern of the route that a request has matched.
///
/// It is kept with the request, because asking the framework for it means matching all patterns once more.
#[derive(Clone)]
struct Pattern(Arc<str>);

/// Notes which route has matched, for the span and for the metrics.
pub(crate) fn tell_pattern(request: &HttpRequest, pattern: &Arc<str>) {
    Span::current().record("route", &**pattern);
    request.extensions_mut().insert(Pattern(Arc::clone(pattern)));
}

/// The pattern that has matched.
pub(crate) fn pattern(request: &HttpRequest) -> Arc<str> {
    request.extensions().get().map_or_else(|| "unmatched".into(), |Pattern(pattern)| Arc::clone(pattern))
}

/// Begins and ends the spans. Paths and queries stay out: secrets of links stand in them.
pub(crate) struct RequestSpan;

impl RootSpanBuilder for RequestSpan {
    fn on_request_start(request: &ServiceRequest) -> Span {
        let id = request.extensions().get::<RequestId>().map(ToString::to_string);
        tracing::info_span!(
            "request",
            request_id = id,
            method = request.method().as_str(),
            route = tracing::field::Empty,
            status = tracing::field::Empty,
        )
    }

    fn on_request_end<B: MessageBody>(span: Span, outcome: &Result<ServiceResponse<B>, Error>) {
        let status = match outcome {
            Ok(response) => response.status().as_u16(),
            Err(error) => error.as_response_error().status_code().as_u16(),
        };
        span.record("status", status);
        span.in_scope(|| tracing::debug!("answered"));
    }
}
