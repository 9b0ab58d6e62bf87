//! One route as an OpenAPI operation.

use super::parameters;
use crate::access::Access;
use crate::api::BASE;
use crate::problem::Code;
use crate::route::{IfMatch, Route, Schemas};
use actix_web::http::Method;
use std::collections::BTreeMap;
use utoipa::openapi::path::{HttpMethod, Operation, OperationBuilder};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::SecurityRequirement;
use utoipa::openapi::{
    Content, ContentBuilder, HeaderBuilder, Ref, RefOr, Required, Response, ResponseBuilder,
    ResponsesBuilder, Schema,
};

type Found = Vec<(String, RefOr<Schema>)>;

/// The method in OpenAPI's words.
pub(super) fn method(route: &Route) -> Option<HttpMethod> {
    match *route.method() {
        Method::GET => Some(HttpMethod::Get),
        Method::POST => Some(HttpMethod::Post),
        Method::PUT => Some(HttpMethod::Put),
        Method::PATCH => Some(HttpMethod::Patch),
        Method::DELETE => Some(HttpMethod::Delete),
        _ => None,
    }
}

/// The operation of `route`; the schemas it refers to are added to `found`.
pub(super) fn of(route: &Route, found: &mut Found) -> Operation {
    let mut responses = ResponsesBuilder::new();
    for (status, response) in successes(route, found) {
        responses = responses.response(status, response);
    }
    for (status, codes) in problems(route) {
        responses = responses.response(status.to_string(), problem(route, &codes));
    }
    let mut operation = OperationBuilder::new()
        .operation_id(Some(route.name))
        .summary(Some(route.summary))
        .tag(tag(route.path()))
        .request_body(request_body(route, found))
        .responses(responses.build());
    for parameter in parameters::of(route) {
        operation = operation.parameter(parameter);
    }
    if route.by_link {
        // Without a bearer, by the token of the URL.
        operation = operation.security(SecurityRequirement::default());
    }
    if let Access::Caller(_) = route.access() {
        operation = operation.security(SecurityRequirement::new("bearer", Vec::<String>::new()));
    }
    operation.build()
}

/// The first segment below the base path; the rest is the server's own.
fn tag(path: &str) -> &str {
    match path
        .strip_prefix(BASE)
        .map(|rest| rest.trim_start_matches('/').split('/').next().unwrap_or_default())
    {
        Some(segment) if !segment.is_empty() => segment,
        _ => "server",
    }
}

fn request_body(route: &Route, found: &mut Found) -> Option<RequestBody> {
    let body = route.body?;
    let required = if body.required { Required::True } else { Required::False };
    let media_type = if body.form.is_some() { "multipart/form-data" } else { "application/json" };
    let content = json(body.schemas, found);
    Some(RequestBodyBuilder::new().content(media_type, content).required(Some(required)).build())
}

fn successes(route: &Route, found: &mut Found) -> Vec<(String, Response)> {
    let mut successes = Vec::new();
    for success in &route.successes {
        let reason = success.status.canonical_reason().unwrap_or("Success");
        let mut response = ResponseBuilder::new().description(reason);
        match success.content {
            Some((media_type, Some(schemas))) => {
                response = response.content(media_type, json(schemas, found));
            }
            Some((media_type, None)) => response = response.content(media_type, Content::new::<Ref>(None)),
            None => {}
        }
        if route.etag {
            response = response.header("ETag", text_header("The tag of this representation."));
        }
        if success.status.as_u16() == 201 {
            response = response.header("Location", text_header("Where the new resource is."));
        }
        successes.push((success.status.as_str().to_owned(), response.build()));
    }
    if route.etag && route.method() == Method::GET {
        let known = ResponseBuilder::new().description("The caller has this representation already.").build();
        successes.push(("304".to_owned(), known));
    }
    successes
}

/// What this route may refuse, by status.
fn problems(route: &Route) -> BTreeMap<u16, Vec<Code>> {
    let mut codes = vec![
        Code::MalformedRequest,
        Code::ValidationFailed,
        Code::UnknownParameter,
        Code::NotFound,
        Code::RateLimited,
        Code::InternalError,
        Code::ServiceBusy,
        Code::ServiceUnavailable,
    ];
    if route.list.is_some() {
        codes.push(Code::InvalidCursor);
    }
    if let Access::Caller(who) = route.access() {
        codes.extend([
            Code::AuthenticationRequired,
            Code::InvalidToken,
            Code::TokenExpired,
            Code::SessionRevoked,
            Code::Forbidden,
            Code::EmailUnverified,
            Code::EnrolmentUnverified,
            Code::ItemHidden,
        ]);
        if who.unrestricted {
            codes.push(Code::AccountRestricted);
        }
        if who.session_only {
            codes.push(Code::SessionRequired);
        }
    }
    if route.by_cookie {
        codes.push(Code::CsrfRejected);
    }
    if route.method() != Method::GET {
        codes.extend([Code::PayloadTooLarge, Code::UnsupportedMediaType]);
    }
    if route.is_repeatable() {
        codes.extend([Code::IdempotencyInProgress, Code::IdempotencyKeyReused]);
    }
    match route.if_match {
        IfMatch::Ignored => {}
        IfMatch::Optional => codes.push(Code::PreconditionFailed),
        IfMatch::Required => codes.extend([Code::PreconditionFailed, Code::PreconditionRequired]),
    }
    codes.extend(route.problems);
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in codes {
        let same = by_status.entry(code.status().as_u16()).or_default();
        if !same.contains(&code) {
            same.push(code);
        }
    }
    by_status
}

fn problem(route: &Route, codes: &[Code]) -> Response {
    let words: Vec<_> = codes.iter().map(|code| format!("`{}`", code.as_str())).collect();
    let content = Content::new(Some(Ref::from_schema_name("Problem")));
    let mut response =
        ResponseBuilder::new().description(words.join(", ")).content("application/problem+json", content);
    let has = |code| codes.contains(&code);
    if has(Code::RateLimited) || has(Code::ServiceBusy) {
        response = response.header("Retry-After", text_header("Seconds to wait."));
    }
    if has(Code::InvalidToken) && matches!(route.access(), Access::Caller(_)) {
        response = response.header("WWW-Authenticate", text_header("The scheme to use: Bearer."));
    }
    response.build()
}

fn json(schemas: Schemas, found: &mut Found) -> Content {
    ContentBuilder::new().schema(Some(schemas(found))).build()
}

fn text_header(description: &str) -> utoipa::openapi::Header {
    HeaderBuilder::new()
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
        .description(Some(description))
        .build()
}
