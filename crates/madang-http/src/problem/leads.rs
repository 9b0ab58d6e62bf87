//! Leads.

use super::{Code, Problem};
use madang_domain::leads::{CreateLeadError, EditLeadError};
use madang_domain::text::FieldError;

impl From<CreateLeadError> for Problem {
    fn from(error: CreateLeadError) -> Self {
        match error {
            CreateLeadError::EmailTaken => Self::field("email", FieldError::Taken),
            CreateLeadError::Store(error) => error.into(),
        }
    }
}

impl From<EditLeadError> for Problem {
    fn from(error: EditLeadError) -> Self {
        match error {
            EditLeadError::NotFound => Code::NotFound.into(),
            EditLeadError::PreconditionFailed => Code::PreconditionFailed.into(),
            EditLeadError::EmailTaken => Self::field("email", FieldError::Taken),
            EditLeadError::Store(error) => error.into(),
        }
    }
}
