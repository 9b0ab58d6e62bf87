//! The case.

use super::ReportStatus;
use crate::actor::{Actor, Role};
use crate::boards::BoardRef;
use crate::ctx::Timestamp;
use crate::ids::{BoardId, CaseId, SchoolId, UserId};
use crate::permissions::{Denial, Permission};
use crate::posts::{Author, ReportReason};
use crate::removals::{ItemState, TargetKind, check_interest};
use uuid::Uuid;

/// How staff decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// There is no fault: the item is shown again.
    Dismiss,
    /// The item goes.
    Remove,
    /// The item stays, its author is warned.
    Warn,
}

/// A case as it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCase {
    /// The fresh id, ordered by time.
    pub id: CaseId,
    /// The school of the target.
    pub school: SchoolId,
    /// The board of the target, if it stands in one.
    pub board: Option<BoardId>,
    /// The kind of the target.
    pub kind: TargetKind,
    /// The target.
    pub target: Uuid,
    /// What the target says now.
    pub snapshot: String,
    /// Its first place in the queue.
    pub priority: i64,
    /// When.
    pub opened_at: Timestamp,
}

/// A case as one statement reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseView {
    /// Which.
    pub id: CaseId,
    /// The kind of the target.
    pub kind: TargetKind,
    /// The target.
    pub target: Uuid,
    /// The school of the target.
    pub school: SchoolId,
    /// The board of the target, if it stands in one.
    pub board: Option<BoardRef>,
    /// Who wrote or is the target, as far as others may know.
    pub author: Author,
    /// Whether it is openly by the author of the post (ANON-2).
    pub is_post_author: bool,
    /// Whether somebody named who is staff wrote or is the target.
    pub is_of_staff: bool,
    /// Whether the caller wrote or is the target.
    pub is_mine: bool,
    /// What the target said when the case was opened; empty once it is erased.
    pub snapshot: String,
    /// What became of the target.
    pub item_state: ItemState,
    /// Its place in the queue: the higher, the earlier.
    pub priority: i64,
    /// How many reports it has.
    pub report_count: i64,
    /// The reason of each report.
    pub reasons: Vec<ReportReason>,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
    /// How.
    pub outcome: Option<Outcome>,
    /// What the decider noted.
    pub note: Option<String>,
}

/// A case with what the caller may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenCase {
    /// The case.
    pub case: CaseView,
    /// Decide it.
    pub decide: Permission,
}

/// Whose cases somebody sees (RPT-6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseReach {
    /// Of the posts and comments in the boards that a user manages.
    ManagedBy(UserId),
    /// Of a school.
    School(SchoolId),
    /// Of every school.
    All,
}

impl Outcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Dismiss, Self::Remove, Self::Warn];

    /// The word of the contract and of the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dismiss => "dismiss",
            Self::Remove => "remove",
            Self::Warn => "warn",
        }
    }

    /// The outcome of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == word)
    }

    /// What it means for the reports of the case.
    pub(crate) const fn verdict(self) -> ReportStatus {
        match self {
            Self::Dismiss => ReportStatus::Dismissed,
            Self::Remove | Self::Warn => ReportStatus::Upheld,
        }
    }
}

impl CaseReach {
    /// What `actor` sees.
    pub fn of(actor: &Actor) -> Self {
        match actor.role {
            Role::Admin => Self::All,
            Role::Moderator => Self::School(actor.school),
            Role::Guest | Role::Student => Self::ManagedBy(actor.user),
        }
    }
}

impl CaseView {
    /// Whether `actor`, who sees the case, may decide it.
    pub(crate) fn check_decide(&self, actor: &Actor) -> Permission {
        check_interest(actor, self.is_mine, self.is_of_staff)?;
        if self.decided_at.is_some() { Err(Denial::AlreadyDecided) } else { Ok(()) }
    }

    /// The case with what `actor` may do.
    pub(crate) fn seen(self, actor: &Actor) -> SeenCase {
        SeenCase { decide: self.check_decide(actor), case: self }
    }
}
