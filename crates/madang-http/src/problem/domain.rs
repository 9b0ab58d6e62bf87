//! What many use cases share: storage, the caller's state, denials.

use super::{Code, Problem, instant};
use chrono::TimeDelta;
use madang_domain::actor::CallerStateError;
use madang_domain::permissions::Denial;
use madang_domain::store::StoreError;
use madang_domain::text::FieldError;

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::retry_after(Code::ServiceBusy, TimeDelta::seconds(1)),
            StoreError::Unavailable(cause) => {
                Self::retry_after(Code::ServiceUnavailable, TimeDelta::seconds(5)).because(cause)
            }
            StoreError::Internal(cause) => Self::internal(cause),
        }
    }
}

impl From<CallerStateError> for Problem {
    fn from(error: CallerStateError) -> Self {
        let code = caller_state_code(error);
        match error {
            CallerStateError::Restricted(restriction) => Self::from(code)
                .with("sanction_id", restriction.sanction.map(|id| id.to_string()))
                .with("ends_at", restriction.ends_at.map(instant)),
            CallerStateError::SessionRequired
            | CallerStateError::EmailUnverified
            | CallerStateError::EnrolmentUnverified
            | CallerStateError::Forbidden => Self::from(code),
        }
    }
}

impl From<Denial> for Problem {
    fn from(denial: Denial) -> Self {
        let code = denial_code(denial);
        match denial {
            Denial::Caller(state) => state.into(),
            Denial::EditFrozen { available_at } | Denial::BoardActive { available_at } => {
                Self::available_at(code, available_at)
            }
            Denial::InvalidParent => Self::field("parent_id", FieldError::InvalidParent),
            Denial::Forbidden
            | Denial::OwnItem
            // Whoever names a field for it maps it before.
            | Denial::SelfTarget
            | Denial::ItemHidden
            | Denial::CommentsLocked
            | Denial::TargetTooOld
            | Denial::SwitchedOff
            | Denial::AlreadyLiked
            | Denial::LikeLocked
            | Denial::RequestPending
            | Denial::QuestionLocked
            | Denial::NotFound
            | Denial::NotRestorable
            | Denial::ConflictOfInterest
            | Denial::AlreadyDecided
            | Denial::AlreadyAppealed
            | Denial::AppealClosed
            | Denial::RecipientUnavailable => Self::from(code),
        }
    }
}

fn caller_state_code(error: CallerStateError) -> Code {
    match error {
        CallerStateError::SessionRequired => Code::SessionRequired,
        CallerStateError::EmailUnverified => Code::EmailUnverified,
        CallerStateError::EnrolmentUnverified => Code::EnrolmentUnverified,
        CallerStateError::Restricted(_) => Code::AccountRestricted,
        CallerStateError::Forbidden => Code::Forbidden,
    }
}

/// The code that an act refused by `denial` answers, and that `cannot` foretells.
pub(crate) fn denial_code(denial: Denial) -> Code {
    match denial {
        Denial::Caller(state) => caller_state_code(state),
        Denial::Forbidden => Code::Forbidden,
        Denial::OwnItem => Code::OwnItem,
        Denial::SelfTarget => Code::ValidationFailed,
        Denial::ItemHidden => Code::ItemHidden,
        Denial::CommentsLocked => Code::CommentsLocked,
        Denial::TargetTooOld => Code::TargetTooOld,
        Denial::SwitchedOff => Code::MethodNotAllowed,
        Denial::AlreadyLiked => Code::AlreadyLiked,
        Denial::LikeLocked => Code::LikeLocked,
        Denial::RequestPending => Code::RequestPending,
        Denial::QuestionLocked => Code::QuestionLocked,
        Denial::EditFrozen { .. } => Code::EditFrozen,
        Denial::NotFound => Code::NotFound,
        Denial::BoardActive { .. } => Code::BoardActive,
        Denial::NotRestorable => Code::NotRestorable,
        Denial::ConflictOfInterest => Code::ConflictOfInterest,
        Denial::AlreadyDecided => Code::AlreadyDecided,
        Denial::AlreadyAppealed => Code::AlreadyAppealed,
        Denial::AppealClosed => Code::AppealClosed,
        Denial::InvalidParent => Code::ValidationFailed,
        Denial::RecipientUnavailable => Code::RecipientUnavailable,
    }
}
