//! An export and what stands in it.

use crate::ctx::Timestamp;
use crate::ids::{ExportId, UserId};
use chrono::TimeDelta;

/// How long a file lives.
pub const KEEP: TimeDelta = TimeDelta::days(7);

/// One export of its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Its id.
    pub id: ExportId,
    /// Whose data it holds; nobody else ever sees it.
    pub owner: UserId,
    /// How far it is.
    pub state: ExportState,
    /// When it was asked for.
    pub created_at: Timestamp,
}

/// How far an export is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportState {
    /// A job will make it, or is making it.
    Running,
    /// The file is there.
    Made {
        /// Its name, which nobody can guess.
        file: String,
        /// Its length.
        bytes: i64,
        /// When it is erased.
        expires_at: Timestamp,
    },
    /// It could not be made; another one may be asked for.
    Failed,
}

/// What its owner is told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportStatus {
    /// Not made yet.
    Running,
    /// The file can be taken.
    Ready,
    /// It could not be made.
    Failed,
    /// The file is gone.
    Expired,
}

/// Rows of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportSection {
    /// What they are, the name of their file.
    pub name: &'static str,
    /// The rows.
    pub records: Vec<ExportRecord>,
}

/// One row: its fields with their names.
pub type ExportRecord = Vec<(&'static str, ExportValue)>;

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportValue {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// On or off.
    Truth(bool),
    /// An instant.
    Instant(Timestamp),
}

impl Export {
    /// What its owner is told at `now`.
    pub fn status(&self, now: Timestamp) -> ExportStatus {
        match &self.state {
            ExportState::Running => ExportStatus::Running,
            ExportState::Made { expires_at, .. } if *expires_at <= now => ExportStatus::Expired,
            ExportState::Made { .. } => ExportStatus::Ready,
            ExportState::Failed => ExportStatus::Failed,
        }
    }
}

impl ExportStatus {
    /// The contract's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Ready => "ready",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }
}

impl From<&str> for ExportValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for ExportValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for ExportValue {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<i32> for ExportValue {
    fn from(number: i32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<bool> for ExportValue {
    fn from(truth: bool) -> Self {
        Self::Truth(truth)
    }
}

impl From<Timestamp> for ExportValue {
    fn from(at: Timestamp) -> Self {
        Self::Instant(at)
    }
}

impl From<uuid::Uuid> for ExportValue {
    fn from(id: uuid::Uuid) -> Self {
        Self::Text(id.hyphenated().to_string())
    }
}

impl<T: Into<Self>> From<Option<T>> for ExportValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}
