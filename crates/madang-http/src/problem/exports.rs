//! Exports.

use super::{Code, Problem};
use madang_domain::exports::{CreateExportError, FindExportFileError};

impl From<CreateExportError> for Problem {
    fn from(error: CreateExportError) -> Self {
        match error {
            CreateExportError::LimitReached => Self::limit(1),
            CreateExportError::Store(error) => error.into(),
        }
    }
}

impl From<FindExportFileError> for Problem {
    fn from(error: FindExportFileError) -> Self {
        match error {
            FindExportFileError::NotFound => Code::NotFound.into(),
            FindExportFileError::NotReady => Code::NotReady.into(),
            FindExportFileError::Store(error) => error.into(),
        }
    }
}
