//! Likes, scraps and muted posts.

use super::{Code, Problem};
use madang_domain::likes::LikeError;
use madang_domain::mutes::MuteError;
use madang_domain::scraps::ScrapError;

impl From<LikeError> for Problem {
    fn from(error: LikeError) -> Self {
        match error {
            LikeError::NotFound => Code::NotFound.into(),
            LikeError::Denied(denial) => denial.into(),
            LikeError::Store(error) => error.into(),
        }
    }
}

impl From<ScrapError> for Problem {
    fn from(error: ScrapError) -> Self {
        match error {
            ScrapError::NotFound => Code::NotFound.into(),
            ScrapError::Denied(denial) => denial.into(),
            ScrapError::Store(error) => error.into(),
        }
    }
}

impl From<MuteError> for Problem {
    fn from(error: MuteError) -> Self {
        match error {
            MuteError::NotFound => Code::NotFound.into(),
            MuteError::Denied(denial) => denial.into(),
            MuteError::Store(error) => error.into(),
        }
    }
}
