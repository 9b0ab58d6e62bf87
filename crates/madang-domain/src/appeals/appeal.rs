//! The appeal.

use crate::ctx::Timestamp;
use crate::ids::{AppealId, SanctionId, SchoolId};

/// What became of an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AppealStatus {
    /// Nobody has decided yet.
    Open,
    /// The sanction stands.
    Upheld,
    /// The sanction is lifted.
    Overturned,
}

/// An appeal as it is first stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAppeal {
    /// The fresh id, ordered by time.
    pub id: AppealId,
    /// Against which sanction.
    pub sanction: SanctionId,
    /// The school where that was given.
    pub school: SchoolId,
    /// The words of whom it is for.
    pub contents: String,
    /// When.
    pub created_at: Timestamp,
}

/// An appeal, the same to its author and to staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// Which.
    pub id: AppealId,
    /// Against which sanction.
    pub sanction: SanctionId,
    /// The words of whom the sanction is for; empty once they are erased.
    pub contents: String,
    /// What became of it.
    pub status: AppealStatus,
    /// What the decider said.
    pub note: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

impl AppealStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Upheld, Self::Overturned];

    /// The word of the contract and of the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Upheld => "upheld",
            Self::Overturned => "overturned",
        }
    }

    /// The status of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}
