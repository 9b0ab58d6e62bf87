//! Users under `/admin`, and their leaving.

use super::{Code, Problem};
use madang_domain::accounts::{ChangeUserError, RestoreUserError, WithdrawError};
use madang_domain::ids::BoardId;
use madang_domain::text::FieldError;

impl From<ChangeUserError> for Problem {
    fn from(error: ChangeUserError) -> Self {
        match error {
            ChangeUserError::NotFound => Code::NotFound.into(),
            // The admin sees the user, but there is nothing to change any more.
            ChangeUserError::Withdrawn => Code::Forbidden.into(),
            ChangeUserError::PreconditionFailed => Code::PreconditionFailed.into(),
            ChangeUserError::SchoolNotFound => Self::field("school_id", FieldError::InvalidChoice),
            ChangeUserError::LastAdmin => Code::LastAdmin.into(),
            ChangeUserError::ManagesBoard { boards } => manages(&boards),
            ChangeUserError::Store(error) => error.into(),
        }
    }
}

impl From<WithdrawError> for Problem {
    fn from(error: WithdrawError) -> Self {
        match error {
            WithdrawError::ManagesBoard { boards } => manages(&boards),
            WithdrawError::LastAdmin => Code::LastAdmin.into(),
            WithdrawError::Store(error) => error.into(),
        }
    }
}

impl From<RestoreUserError> for Problem {
    fn from(error: RestoreUserError) -> Self {
        match error {
            RestoreUserError::NotFound => Code::NotFound.into(),
            RestoreUserError::NotRestorable => Code::NotRestorable.into(),
            RestoreUserError::Store(error) => error.into(),
        }
    }
}

fn manages(boards: &[BoardId]) -> Problem {
    let ids: Vec<_> = boards.iter().map(ToString::to_string).collect();
    Problem::from(Code::ManagesBoard).with("board_ids", ids)
}
