//! The one error table: every failure, from the router to the database, becomes a [`Problem`].
//!
//! Each error enum of a use case is mapped in a file of this folder, named after its feature, by `impl From<…> for
//! Problem` with one match without a wildcard: a new variant does not compile until somebody decides its code.

mod auth;
mod blocks;
mod boards;
mod code;
mod comments;
mod domain;
mod exports;
mod field;
mod identity;
mod leads;
mod media;
mod messages;
mod notifications;
mod personal_tokens;
mod posts;
mod reactions;
mod removals;
mod sanctions;
mod schools;
mod site_settings;
mod stats;
mod users;

pub use code::Code;
pub(crate) use domain::denial_code;
pub use field::{FieldProblem, field_code};

use crate::answer::Answer;
use crate::texts;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use chrono::{SecondsFormat, TimeDelta};
use madang_domain::ctx::Timestamp;
use madang_domain::language::Language;
use madang_domain::text::FieldError;
use serde::Serialize;
use serde_json::{Map, Value};
use std::sync::Arc;

/// A failure as the caller will see it, and the cause as the log will.
#[derive(Clone, Debug)]
pub struct Problem(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    code: Code,
    fields: Vec<FieldProblem>,
    extensions: Map<String, Value>,
    headers: Vec<(HeaderName, HeaderValue)>,
    detail: Option<&'static str>,
    cause: Option<Arc<dyn std::error::Error + Send + Sync>>,
}

/// The shape of every failure (`application/problem+json`).
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody<'a> {
    /// `/problems/<code with dashes>`.
    #[serde(rename = "type")]
    kind: String,
    /// What kind of failure this is, in the language of the answer.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What to do about it, in the language of the answer.
    detail: String,
    /// The request's path, without its query.
    instance: &'a str,
    /// The machine-readable code; never varies with the language.
    code: &'a str,
    /// The refused fields; empty unless the status is 400.
    errors: Vec<field::FieldBody<'a>>,
    /// Further members of some codes.
    #[serde(flatten)]
    #[schema(ignore)]
    extensions: &'a Map<String, Value>,
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self(Box::new(Inner {
            code,
            fields: Vec::new(),
            extensions: Map::new(),
            headers: Vec::new(),
            detail: None,
            cause: None,
        }))
    }
}

impl Problem {
    /// One refused field.
    pub fn field(field: impl Into<String>, code: FieldError) -> Self {
        Self::fields(vec![FieldProblem::new(field, code)])
    }

    /// Refused fields.
    pub fn fields(fields: Vec<FieldProblem>) -> Self {
        let mut problem = Self::from(Code::ValidationFailed);
        problem.0.fields = fields;
        problem
    }

    /// Query parameters that the list does not offer.
    pub fn unknown_parameters(fields: Vec<FieldProblem>) -> Self {
        let mut problem = Self::from(Code::UnknownParameter);
        problem.0.fields = fields;
        problem
    }

    /// A fault of ours, with its cause for the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::from(Code::InternalError).because(cause)
    }

    /// A refusal that lasts until `at`: sends `available_at`.
    pub fn available_at(code: Code, at: Timestamp) -> Self {
        Self::from(code).with("available_at", instant(at))
    }

    /// A limit that is reached: sends `limit`.
    pub fn limit(limit: i64) -> Self {
        Self::from(Code::LimitReached).with("limit", limit)
    }

    /// A refusal for `wait`: sends `Retry-After` in whole seconds, at least 1, and `retry_after`.
    pub fn retry_after(code: Code, wait: TimeDelta) -> Self {
        let millis = wait.num_milliseconds().max(1);
        let seconds = (millis + 999) / 1000;
        Self::from(code)
            .with("retry_after", seconds)
            .with_header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// Adds an extension member to the body.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.0.extensions.insert(member.to_owned(), value.into());
        self
    }

    /// Adds a header to the answer.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// Replaces the usual detail by the text of `key`.
    #[must_use]
    pub fn with_detail(mut self, key: &'static str) -> Self {
        self.0.detail = Some(key);
        self
    }

    /// Adds the cause, for the log only.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.cause = Some(Arc::from(cause.into()));
        self
    }

    /// Both refusals of one step: a request that cannot be read stands alone, else all fields are named together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        match (self.code(), other.code()) {
            (Code::MalformedRequest, _) => self,
            (_, Code::MalformedRequest) => other.clone(),
            _ => {
                self.0.code = Code::ValidationFailed;
                self.0.fields.extend(other.0.fields.iter().cloned());
                self
            }
        }
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// The refused fields.
    pub fn refused(&self) -> &[FieldProblem] {
        &self.0.fields
    }

    /// Whether the server failed, not the caller.
    pub fn is_fault(&self) -> bool {
        self.0.code.status().is_server_error()
    }

    /// Writes faults to the log, with every cause in the chain.
    pub(crate) fn log(&self) {
        if !self.is_fault() {
            return;
        }
        let mut causes = Vec::new();
        let mut next = self.0.cause.as_ref().map(|cause| cause.as_ref() as &dyn std::error::Error);
        while let Some(cause) = next {
            causes.push(cause.to_string());
            next = cause.source();
        }
        tracing::error!(code = self.0.code.as_str(), causes = causes.join(": "), "a request failed");
    }

    /// The answer in `language` to a request of the path `instance`.
    pub fn answer(&self, language: Language, instance: &str) -> Answer {
        let Inner { code, fields, extensions, headers, detail, .. } = &*self.0;
        let detail = match detail {
            Some(key) => texts::text(language, key),
            None => texts::text(language, &format!("{}.detail", code.slug())),
        };
        let body = ProblemBody {
            kind: format!("/problems/{}", code.slug()),
            title: texts::text(language, code.slug()),
            status: code.status().as_u16(),
            detail,
            instance,
            code: code.as_str(),
            errors: fields.iter().map(|field| field.body(language)).collect(),
            extensions,
        };
        let mut answer = Answer::json(code.status(), &body)
            .with(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))
            .with(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()))
            .with(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if code.status() == actix_web::http::StatusCode::UNAUTHORIZED {
            answer = answer.with(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        for (name, value) in headers {
            answer = answer.with(name.clone(), value.clone());
        }
        answer
    }
}

/// An instant as the contract writes it: UTC, microseconds, `Z`.
pub fn instant(at: Timestamp) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(problem: &Problem, language: Language) -> Value {
        serde_json::from_slice(&problem.answer(language, "/api/v1/x").body).unwrap()
    }

    #[test]
    fn x_1_a_problem_has_the_whole_shape() {
        let body = body(&Problem::field("title", FieldError::Blank), Language::Korean);
        assert_eq!(body["type"], "/problems/validation-failed");
        assert_eq!(body["status"], 400);
        assert_eq!(body["instance"], "/api/v1/x");
        assert_eq!(body["code"], "validation_failed");
        assert_eq!(body["errors"][0]["field"], "title");
        assert_eq!(body["errors"][0]["code"], "blank");
        assert_eq!(body["errors"][0]["detail"], "비워 둘 수 없습니다.");
    }

    #[test]
    fn a_wait_is_told_in_whole_seconds_rounded_up() {
        let problem = Problem::retry_after(Code::RateLimited, TimeDelta::milliseconds(1200));
        assert_eq!(body(&problem, Language::English)["retry_after"], 2);
        let answer = problem.answer(Language::English, "/");
        assert_eq!(answer.header(&header::RETRY_AFTER).unwrap(), "2");
    }

    #[test]
    fn every_401_names_the_scheme_and_causes_stay_inside() {
        let answer = Problem::from(Code::TokenExpired).because("secret cause").answer(Language::English, "/");
        assert_eq!(answer.header(&header::WWW_AUTHENTICATE).unwrap(), "Bearer");
        assert!(!String::from_utf8(answer.body.to_vec()).unwrap().contains("secret cause"));
    }
}
