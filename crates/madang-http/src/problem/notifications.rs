//! Notices.

use super::{Code, Problem};
use madang_domain::notifications::MarkReadError;

impl From<MarkReadError> for Problem {
    fn from(error: MarkReadError) -> Self {
        match error {
            MarkReadError::NotFound => Code::NotFound.into(),
            MarkReadError::Store(error) => error.into(),
        }
    }
}
