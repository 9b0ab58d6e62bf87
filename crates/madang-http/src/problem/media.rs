//! Pictures and uploads.

use super::{Code, Problem};
use chrono::TimeDelta;
use madang_domain::media::{AddUploadError, DeleteUploadError, FindMediaError, GalleryError, TakeInError};
use madang_domain::text::FieldError;

impl From<AddUploadError> for Problem {
    fn from(error: AddUploadError) -> Self {
        match error {
            AddUploadError::LimitReached { limit } => Self::limit(limit),
            AddUploadError::Store(error) => error.into(),
        }
    }
}

impl From<DeleteUploadError> for Problem {
    fn from(error: DeleteUploadError) -> Self {
        match error {
            DeleteUploadError::NotFound => Code::NotFound.into(),
            DeleteUploadError::Store(error) => error.into(),
        }
    }
}

impl From<FindMediaError> for Problem {
    fn from(error: FindMediaError) -> Self {
        match error {
            FindMediaError::NotFound => Code::NotFound.into(),
            FindMediaError::Denied(denial) => denial.into(),
            FindMediaError::Store(error) => error.into(),
        }
    }
}

impl From<TakeInError> for Problem {
    fn from(error: TakeInError) -> Self {
        match error {
            TakeInError::UnknownType => Self::from(Code::UnsupportedMediaType).with_detail("upload-type"),
            TakeInError::Heif => Self::from(Code::UnsupportedMediaType).with_detail("upload-heif"),
            TakeInError::TooLarge => Code::PayloadTooLarge.into(),
            TakeInError::Invalid => Self::field("file", FieldError::InvalidImage),
            TakeInError::Busy => Self::retry_after(Code::ServiceBusy, TimeDelta::seconds(5)),
            TakeInError::Gallery(error) => error.into(),
        }
    }
}

impl From<GalleryError> for Problem {
    fn from(error: GalleryError) -> Self {
        Self::retry_after(Code::ServiceUnavailable, TimeDelta::seconds(5)).because(error)
    }
}
