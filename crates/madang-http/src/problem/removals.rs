//! Removals, reports, cases and reveals.

use super::{Code, Problem};
use madang_domain::removals::{FindItemError, RemoveItemError, RestoreItemError};
use madang_domain::reports::{CreateReportError, DecideCaseError, FindCaseError, ListCasesError};
use madang_domain::reveals::RevealAuthorError;
use madang_domain::text::FieldError;

impl From<FindItemError> for Problem {
    fn from(error: FindItemError) -> Self {
        match error {
            FindItemError::NotFound => Code::NotFound.into(),
            FindItemError::Forbidden => Code::Forbidden.into(),
            FindItemError::Store(error) => error.into(),
        }
    }
}

impl From<RemoveItemError> for Problem {
    fn from(error: RemoveItemError) -> Self {
        match error {
            RemoveItemError::NotFound => Code::NotFound.into(),
            RemoveItemError::Denied(denial) => denial.into(),
            RemoveItemError::Store(error) => error.into(),
        }
    }
}

impl From<RestoreItemError> for Problem {
    fn from(error: RestoreItemError) -> Self {
        match error {
            RestoreItemError::NotFound => Code::NotFound.into(),
            RestoreItemError::Denied(denial) => denial.into(),
            RestoreItemError::Store(error) => error.into(),
        }
    }
}

impl From<CreateReportError> for Problem {
    fn from(error: CreateReportError) -> Self {
        match error {
            CreateReportError::NotFound => Code::NotFound.into(),
            CreateReportError::Denied(denial) => denial.into(),
            CreateReportError::AlreadyReported => Code::AlreadyReported.into(),
            CreateReportError::Store(error) => error.into(),
        }
    }
}

impl From<ListCasesError> for Problem {
    fn from(error: ListCasesError) -> Self {
        match error {
            ListCasesError::Forbidden => Code::Forbidden.into(),
            ListCasesError::Store(error) => error.into(),
        }
    }
}

impl From<FindCaseError> for Problem {
    fn from(error: FindCaseError) -> Self {
        match error {
            FindCaseError::NotFound => Code::NotFound.into(),
            FindCaseError::Forbidden => Code::Forbidden.into(),
            FindCaseError::Store(error) => error.into(),
        }
    }
}

impl From<DecideCaseError> for Problem {
    fn from(error: DecideCaseError) -> Self {
        match error {
            DecideCaseError::Find(error) => error.into(),
            DecideCaseError::Denied(denial) => denial.into(),
            DecideCaseError::OutcomeNotAllowed => Self::field("outcome", FieldError::NotAllowed),
            DecideCaseError::ImmuneNotAllowed => Self::field("immune", FieldError::NotAllowed),
            DecideCaseError::Store(error) => error.into(),
        }
    }
}

impl From<RevealAuthorError> for Problem {
    fn from(error: RevealAuthorError) -> Self {
        match error {
            RevealAuthorError::Caller(state) => state.into(),
            RevealAuthorError::NotFound => Code::NotFound.into(),
            RevealAuthorError::Store(error) => error.into(),
        }
    }
}
