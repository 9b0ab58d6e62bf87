//! Comments.

use super::posts::refused;
use super::{Code, Problem};
use madang_domain::comments::{ChangeCommentError, CreateCommentError, EditCommentError, FindCommentError};

impl From<FindCommentError> for Problem {
    fn from(error: FindCommentError) -> Self {
        match error {
            FindCommentError::NotFound => Code::NotFound.into(),
            FindCommentError::Denied(denial) => denial.into(),
            FindCommentError::Store(error) => error.into(),
        }
    }
}

impl From<CreateCommentError> for Problem {
    fn from(error: CreateCommentError) -> Self {
        match error {
            CreateCommentError::NotFound => Code::NotFound.into(),
            CreateCommentError::Denied(denial) => denial.into(),
            CreateCommentError::Fields(fields) => refused(fields),
            CreateCommentError::Store(error) => error.into(),
        }
    }
}

impl From<ChangeCommentError> for Problem {
    fn from(error: ChangeCommentError) -> Self {
        match error {
            ChangeCommentError::NotFound => Code::NotFound.into(),
            ChangeCommentError::Denied(denial) => denial.into(),
            ChangeCommentError::PreconditionFailed => Code::PreconditionFailed.into(),
            ChangeCommentError::Store(error) => error.into(),
        }
    }
}

impl From<EditCommentError> for Problem {
    fn from(error: EditCommentError) -> Self {
        match error {
            EditCommentError::Change(error) => error.into(),
            EditCommentError::Fields(fields) => refused(fields),
            EditCommentError::Store(error) => error.into(),
        }
    }
}
