//! Sign-up, login, sessions and the own account.

use super::{Code, FieldProblem, Problem};
use crate::limits;
use chrono::TimeDelta;
use madang_auth::access_tokens::IssueError;
use madang_auth::hash_pool::HashError;
use madang_auth::refresh_tokens::RefreshInvalid;
use madang_auth::resend_verification::ResendVerificationError;
use madang_auth::reset_password::ResetPasswordError;
use madang_auth::sessions::EndSessionError;
use madang_auth::sign_up::SignUpError;
use madang_auth::verify_email::VerifyEmailError;
use madang_domain::accounts::UpdateMeError;
use madang_domain::policy::AuthPolicy;
use madang_domain::text::FieldError;

impl Problem {
    /// Too many failed logins: try again after `wait` (AUTH-17).
    pub(crate) fn throttled(policy: &AuthPolicy, wait: TimeDelta) -> Self {
        limits::limited("login", policy.login_failures, policy.login_window, wait)
    }
}

impl From<HashError> for Problem {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::retry_after(Code::ServiceBusy, TimeDelta::seconds(2)),
            HashError::Failed => Self::internal(error),
        }
    }
}

impl From<IssueError> for Problem {
    fn from(error: IssueError) -> Self {
        Self::internal(error)
    }
}

impl From<RefreshInvalid> for Problem {
    fn from(_: RefreshInvalid) -> Self {
        Code::RefreshInvalid.into()
    }
}

impl From<SignUpError> for Problem {
    fn from(error: SignUpError) -> Self {
        match error {
            SignUpError::Refused(refused) => Self::fields(
                refused.into_iter().map(|(field, code)| FieldProblem::new(field, code)).collect(),
            ),
            SignUpError::Store(error) => error.into(),
        }
    }
}

impl From<VerifyEmailError> for Problem {
    fn from(error: VerifyEmailError) -> Self {
        match error {
            VerifyEmailError::LinkInvalid => Code::LinkInvalid.into(),
            VerifyEmailError::EmailInUse => Code::EmailInUse.into(),
            VerifyEmailError::RejoinTooSoon { available_at } => {
                Self::available_at(Code::RejoinTooSoon, available_at)
            }
            VerifyEmailError::Store(error) => error.into(),
        }
    }
}

impl From<ResendVerificationError> for Problem {
    fn from(error: ResendVerificationError) -> Self {
        match error {
            ResendVerificationError::TooSoon { retry_after } => {
                limits::limited("resend", 1, retry_after, retry_after)
            }
            ResendVerificationError::Store(error) => error.into(),
        }
    }
}

impl From<ResetPasswordError> for Problem {
    fn from(error: ResetPasswordError) -> Self {
        match error {
            ResetPasswordError::LinkInvalid => Code::LinkInvalid.into(),
            ResetPasswordError::Store(error) => error.into(),
        }
    }
}

impl From<EndSessionError> for Problem {
    fn from(error: EndSessionError) -> Self {
        match error {
            EndSessionError::NotFound => Code::NotFound.into(),
            EndSessionError::Store(error) => error.into(),
        }
    }
}

impl From<UpdateMeError> for Problem {
    fn from(error: UpdateMeError) -> Self {
        match error {
            UpdateMeError::PreconditionFailed => Code::PreconditionFailed.into(),
            UpdateMeError::NicknameTaken => Self::field("nickname", FieldError::Taken),
            UpdateMeError::NicknameCooldown { available_at } => {
                Self::available_at(Code::NicknameCooldown, available_at)
            }
            UpdateMeError::ImageNotFound => Self::field("image_upload_id", FieldError::NotFound),
            UpdateMeError::Store(error) => error.into(),
        }
    }
}
