//! Posts and the trash.

use super::{Code, FieldProblem, Problem, instant};
use madang_domain::posts::{ChangePostError, CreatePostError, EditPostError, FindPostError, ListPostsError};
use madang_domain::text::FieldError;
use madang_domain::trash::RestoreTrashError;

impl From<FindPostError> for Problem {
    fn from(error: FindPostError) -> Self {
        match error {
            FindPostError::NotFound => Code::NotFound.into(),
            FindPostError::Denied(denial) => denial.into(),
            FindPostError::Store(error) => error.into(),
        }
    }
}

impl From<ListPostsError> for Problem {
    fn from(error: ListPostsError) -> Self {
        match error {
            ListPostsError::BoardNotFound => Code::NotFound.into(),
            ListPostsError::Denied(denial) => denial.into(),
            ListPostsError::Store(error) => error.into(),
        }
    }
}

impl From<CreatePostError> for Problem {
    fn from(error: CreatePostError) -> Self {
        match error {
            CreatePostError::BoardNotFound => Code::NotFound.into(),
            CreatePostError::Denied(denial) => denial.into(),
            CreatePostError::Fields(fields) => refused(fields),
            CreatePostError::DuplicateText => Code::DuplicateText.into(),
            CreatePostError::Cooldown { available_at, wait } => {
                Self::retry_after(Code::PostCooldown, wait).with("available_at", instant(available_at))
            }
            CreatePostError::Store(error) => error.into(),
        }
    }
}

impl From<ChangePostError> for Problem {
    fn from(error: ChangePostError) -> Self {
        match error {
            ChangePostError::NotFound => Code::NotFound.into(),
            ChangePostError::Denied(denial) => denial.into(),
            ChangePostError::PreconditionFailed => Code::PreconditionFailed.into(),
            ChangePostError::Store(error) => error.into(),
        }
    }
}

impl From<EditPostError> for Problem {
    fn from(error: EditPostError) -> Self {
        match error {
            EditPostError::Change(error) => error.into(),
            EditPostError::Fields(fields) => refused(fields),
            EditPostError::Store(error) => error.into(),
        }
    }
}

impl From<RestoreTrashError> for Problem {
    fn from(error: RestoreTrashError) -> Self {
        match error {
            RestoreTrashError::NotFound => Code::NotFound.into(),
            RestoreTrashError::NotRestorable => Code::NotRestorable.into(),
            RestoreTrashError::Denied(denial) => denial.into(),
            RestoreTrashError::Store(error) => error.into(),
        }
    }
}

pub(super) fn refused(fields: Vec<(impl Into<String>, FieldError)>) -> Problem {
    Problem::fields(fields.into_iter().map(|(field, code)| FieldProblem::new(field, code)).collect())
}
