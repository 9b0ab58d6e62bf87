//! Boards and favourites.

use super::{Code, FieldProblem, Problem};
use madang_domain::boards::{
    CreateAnyBoardError, CreateBoardError, DeleteAnyBoardError, DeleteBoardError, EditAnyBoardError,
    EditBoardError, FavouriteError, FindAnyBoardError, FindBoardError, TransferError,
};
use madang_domain::text::FieldError;

impl From<FindBoardError> for Problem {
    fn from(error: FindBoardError) -> Self {
        match error {
            FindBoardError::NotFound => Code::NotFound.into(),
            FindBoardError::Denied(denial) => denial.into(),
            FindBoardError::Store(error) => error.into(),
        }
    }
}

impl From<CreateBoardError> for Problem {
    fn from(error: CreateBoardError) -> Self {
        match error {
            CreateBoardError::Denied(denial) => denial.into(),
            CreateBoardError::Fields(fields) => refused(fields),
            CreateBoardError::LimitReached { limit } => Self::limit(limit),
            CreateBoardError::Store(error) => error.into(),
        }
    }
}

impl From<EditBoardError> for Problem {
    fn from(error: EditBoardError) -> Self {
        match error {
            EditBoardError::NotFound => Code::NotFound.into(),
            EditBoardError::Denied(denial) => denial.into(),
            EditBoardError::PreconditionFailed => Code::PreconditionFailed.into(),
            EditBoardError::Fields(fields) => refused(fields),
            EditBoardError::Store(error) => error.into(),
        }
    }
}

impl From<DeleteBoardError> for Problem {
    fn from(error: DeleteBoardError) -> Self {
        match error {
            DeleteBoardError::NotFound => Code::NotFound.into(),
            DeleteBoardError::Denied(denial) => denial.into(),
            DeleteBoardError::PreconditionFailed => Code::PreconditionFailed.into(),
            DeleteBoardError::Store(error) => error.into(),
        }
    }
}

impl From<TransferError> for Problem {
    fn from(error: TransferError) -> Self {
        match error {
            TransferError::NotFound => Code::NotFound.into(),
            TransferError::Denied(denial) => denial.into(),
            TransferError::Fields(fields) => refused(fields),
            TransferError::LimitReached { limit } => Self::limit(limit),
            TransferError::Store(error) => error.into(),
        }
    }
}

impl From<FavouriteError> for Problem {
    fn from(error: FavouriteError) -> Self {
        match error {
            FavouriteError::NotFound => Code::NotFound.into(),
            FavouriteError::Denied(denial) => denial.into(),
            FavouriteError::LimitReached { limit } => Self::limit(limit),
            FavouriteError::Mismatch => Self::field("board_ids", FieldError::Mismatch),
            FavouriteError::Store(error) => error.into(),
        }
    }
}

impl From<FindAnyBoardError> for Problem {
    fn from(error: FindAnyBoardError) -> Self {
        match error {
            FindAnyBoardError::Caller(state) => state.into(),
            FindAnyBoardError::NotFound => Code::NotFound.into(),
            FindAnyBoardError::Store(error) => error.into(),
        }
    }
}

impl From<CreateAnyBoardError> for Problem {
    fn from(error: CreateAnyBoardError) -> Self {
        match error {
            CreateAnyBoardError::Caller(state) => state.into(),
            CreateAnyBoardError::Fields(fields) => refused(fields),
            CreateAnyBoardError::Store(error) => error.into(),
        }
    }
}

impl From<EditAnyBoardError> for Problem {
    fn from(error: EditAnyBoardError) -> Self {
        match error {
            EditAnyBoardError::Caller(state) => state.into(),
            EditAnyBoardError::NotFound => Code::NotFound.into(),
            EditAnyBoardError::PreconditionFailed => Code::PreconditionFailed.into(),
            EditAnyBoardError::Fields(fields) => refused(fields),
            EditAnyBoardError::Store(error) => error.into(),
        }
    }
}

impl From<DeleteAnyBoardError> for Problem {
    fn from(error: DeleteAnyBoardError) -> Self {
        match error {
            DeleteAnyBoardError::Caller(state) => state.into(),
            DeleteAnyBoardError::NotFound => Code::NotFound.into(),
            DeleteAnyBoardError::PreconditionFailed => Code::PreconditionFailed.into(),
            DeleteAnyBoardError::Store(error) => error.into(),
        }
    }
}

fn refused(fields: Vec<(&'static str, FieldError)>) -> Problem {
    Problem::fields(fields.into_iter().map(|(field, code)| FieldProblem::new(field, code)).collect())
}
