//! Sanctions and appeals.

use super::{Code, Problem};
use madang_auth::appeal_ban::AppealBanError;
use madang_domain::appeals::{DecideAppealError, FileAppealError, ListAppealsError};
use madang_domain::sanctions::{GiveSanctionError, LiftSanctionError, ListSanctionsError};

impl From<GiveSanctionError> for Problem {
    fn from(error: GiveSanctionError) -> Self {
        match error {
            GiveSanctionError::NotFound => Code::NotFound.into(),
            GiveSanctionError::Denied(denial) => denial.into(),
            GiveSanctionError::Field(field, code) => Self::field(field, code),
            GiveSanctionError::Store(error) => error.into(),
        }
    }
}

impl From<LiftSanctionError> for Problem {
    fn from(error: LiftSanctionError) -> Self {
        match error {
            LiftSanctionError::NotFound => Code::NotFound.into(),
            LiftSanctionError::Denied(denial) => denial.into(),
            LiftSanctionError::Store(error) => error.into(),
        }
    }
}

impl From<ListSanctionsError> for Problem {
    fn from(error: ListSanctionsError) -> Self {
        match error {
            ListSanctionsError::Forbidden => Code::Forbidden.into(),
            ListSanctionsError::Store(error) => error.into(),
        }
    }
}

impl From<FileAppealError> for Problem {
    fn from(error: FileAppealError) -> Self {
        match error {
            FileAppealError::NotFound => Code::NotFound.into(),
            FileAppealError::Denied(denial) => denial.into(),
            FileAppealError::Store(error) => error.into(),
        }
    }
}

impl From<AppealBanError> for Problem {
    fn from(error: AppealBanError) -> Self {
        match error {
            AppealBanError::LinkInvalid => Code::LinkInvalid.into(),
            AppealBanError::Denied(denial) => denial.into(),
            AppealBanError::Store(error) => error.into(),
        }
    }
}

impl From<ListAppealsError> for Problem {
    fn from(error: ListAppealsError) -> Self {
        match error {
            ListAppealsError::Caller(state) => state.into(),
            ListAppealsError::Store(error) => error.into(),
        }
    }
}

impl From<DecideAppealError> for Problem {
    fn from(error: DecideAppealError) -> Self {
        match error {
            DecideAppealError::Caller(state) => state.into(),
            DecideAppealError::NotFound => Code::NotFound.into(),
            DecideAppealError::Denied(denial) => denial.into(),
            DecideAppealError::Store(error) => error.into(),
        }
    }
}
