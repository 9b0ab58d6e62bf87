//! Schools.

use super::{Code, FieldProblem, Problem};
use madang_domain::schools::{CreateSchoolError, DeleteSchoolError, EditSchoolError};

impl From<CreateSchoolError> for Problem {
    fn from(error: CreateSchoolError) -> Self {
        match error {
            CreateSchoolError::Caller(state) => state.into(),
            CreateSchoolError::Fields(fields) => {
                Self::fields(fields.into_iter().map(|(field, code)| FieldProblem::new(field, code)).collect())
            }
            CreateSchoolError::Store(error) => error.into(),
        }
    }
}

impl From<EditSchoolError> for Problem {
    fn from(error: EditSchoolError) -> Self {
        match error {
            EditSchoolError::Caller(state) => state.into(),
            EditSchoolError::NotFound => Code::NotFound.into(),
            EditSchoolError::PreconditionFailed => Code::PreconditionFailed.into(),
            EditSchoolError::Fields(fields) => {
                Self::fields(fields.into_iter().map(|(field, code)| FieldProblem::new(field, code)).collect())
            }
            EditSchoolError::Store(error) => error.into(),
        }
    }
}

impl From<DeleteSchoolError> for Problem {
    fn from(error: DeleteSchoolError) -> Self {
        match error {
            DeleteSchoolError::Caller(state) => state.into(),
            DeleteSchoolError::NotFound => Code::NotFound.into(),
            DeleteSchoolError::PreconditionFailed => Code::PreconditionFailed.into(),
            DeleteSchoolError::NotEmpty => Code::NotEmpty.into(),
            DeleteSchoolError::Store(error) => error.into(),
        }
    }
}
