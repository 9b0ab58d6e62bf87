//! Blocks.

use super::{Code, Problem};
use madang_domain::blocks::CreateBlockError;
use madang_domain::text::FieldError;

impl From<CreateBlockError> for Problem {
    fn from(error: CreateBlockError) -> Self {
        match error {
            CreateBlockError::NotFound => Code::NotFound.into(),
            CreateBlockError::Denied(denial) => denial.into(),
            CreateBlockError::OwnTarget => Self::field("target_id", FieldError::SelfTarget),
            CreateBlockError::Store(error) => error.into(),
        }
    }
}
