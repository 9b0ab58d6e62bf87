//! The report.

use crate::ctx::Timestamp;
use crate::ids::{CaseId, ReportId, UserId};
use crate::posts::ReportReason;
use crate::removals::TargetKind;
use uuid::Uuid;

/// What became of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportStatus {
    /// Nobody has decided yet.
    Open,
    /// Staff acted upon it.
    Upheld,
    /// Staff found no fault.
    Dismissed,
}

/// A report as it is first stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    /// The fresh id, ordered by time.
    pub id: ReportId,
    /// The case that it belongs to.
    pub case: CaseId,
    /// Who reports; shown to nobody else.
    pub reporter: UserId,
    /// The kind of what is reported.
    pub kind: TargetKind,
    /// What is reported.
    pub target: Uuid,
    /// Why.
    pub reason: ReportReason,
    /// More, in the reporter's words.
    pub detail: Option<String>,
    /// How much it counts towards hiding the target (RPT-2).
    pub weight: i64,
    /// When.
    pub created_at: Timestamp,
}

/// A report as its reporter sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Which.
    pub id: ReportId,
    /// The kind of what is reported.
    pub kind: TargetKind,
    /// What is reported.
    pub target: Uuid,
    /// Why.
    pub reason: ReportReason,
    /// More, in the reporter's words.
    pub detail: Option<String>,
    /// What became of it.
    pub status: ReportStatus,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

impl ReportStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Upheld, Self::Dismissed];

    /// The word of the contract and of the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Upheld => "upheld",
            Self::Dismissed => "dismissed",
        }
    }

    /// The status of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == word)
    }
}
