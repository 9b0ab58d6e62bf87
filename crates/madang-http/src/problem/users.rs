//! Users under `/admin`.

use super::{Code, Problem};
use madang_domain::accounts::ChangeUserError;
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
            ChangeUserError::ManagesBoard { boards } => {
                let ids: Vec<_> = boards.iter().map(ToString::to_string).collect();
                Self::from(Code::ManagesBoard).with("board_ids", ids)
            }
            ChangeUserError::Store(error) => error.into(),
        }
    }
}
