//! Messages.

use super::{Code, Problem};
use madang_domain::messages::{OpenThreadError, ThreadError};
use madang_domain::text::FieldError;

impl From<OpenThreadError> for Problem {
    fn from(error: OpenThreadError) -> Self {
        match error {
            OpenThreadError::NotFound => Code::NotFound.into(),
            OpenThreadError::Denied(denial) => denial.into(),
            OpenThreadError::OwnContext => Self::field("context_id", FieldError::SelfTarget),
            OpenThreadError::Store(error) => error.into(),
        }
    }
}

impl From<ThreadError> for Problem {
    fn from(error: ThreadError) -> Self {
        match error {
            ThreadError::NotFound => Code::NotFound.into(),
            ThreadError::PreconditionFailed => Code::PreconditionFailed.into(),
            ThreadError::Denied(denial) => denial.into(),
            ThreadError::Store(error) => error.into(),
        }
    }
}
