//! Field errors: which field, what is wrong with it, and the localised sentence.

use crate::texts;
use madang_domain::language::Language;
use madang_domain::text::FieldError;
use serde::Serialize;

/// One refused field or parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// Dotted path, parameter or header name.
    pub field: String,
    /// What is wrong.
    pub code: FieldError,
}

/// A field error as it stands in a body.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = FieldError)]
pub(super) struct FieldBody<'a> {
    /// Dotted path, parameter or header name.
    field: &'a str,
    /// One of the field codes; never varies with the language.
    code: &'a str,
    /// A sentence in the language of the answer.
    detail: String,
}

impl FieldProblem {
    /// `code` at `field`.
    pub fn new(field: impl Into<String>, code: FieldError) -> Self {
        Self { field: field.into(), code }
    }

    pub(super) fn body(&self, language: Language) -> FieldBody<'_> {
        let code = field_code(self.code);
        let detail = texts::text(language, &format!("field-{}", code.replace('_', "-")));
        FieldBody { field: &self.field, code, detail }
    }
}

/// The contract's word for a field error.
pub fn field_code(error: FieldError) -> &'static str {
    match error {
        FieldError::Required => "required",
        FieldError::Null => "null",
        FieldError::Blank => "blank",
        FieldError::Invalid => "invalid",
        FieldError::MinLength => "min_length",
        FieldError::MaxLength => "max_length",
        FieldError::MinValue => "min_value",
        FieldError::MaxValue => "max_value",
        FieldError::InvalidChoice => "invalid_choice",
        FieldError::TooMany => "too_many",
        FieldError::UnknownField => "unknown_field",
        FieldError::ReadOnly => "read_only",
        FieldError::Taken => "taken",
        FieldError::Closed => "closed",
        FieldError::DomainNotAllowed => "domain_not_allowed",
        FieldError::WeakPassword => "weak_password",
        FieldError::SelfTarget => "self",
        FieldError::NotFound => "not_found",
        FieldError::NotAllowed => "not_allowed",
        FieldError::Mismatch => "mismatch",
        FieldError::Duplicate => "duplicate",
        FieldError::Overlap => "overlap",
        FieldError::InvalidParent => "invalid_parent",
        FieldError::InvalidImage => "invalid_image",
        FieldError::Filtered => "filtered",
    }
}
