//! The sanction.

use crate::boards::BoardRef;
use crate::ctx::Timestamp;
use crate::ids::{BoardId, PostId, SanctionId, SchoolId, UserId};
use crate::posts::ReportReason;
use crate::removals::ItemRef;

/// What a sanction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SanctionKind {
    /// Nothing but being told.
    Warning,
    /// Reading, but not writing.
    Restriction,
    /// Nothing at all.
    Ban,
}

/// Where a sanction holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SanctionScope {
    /// Everywhere.
    Site,
    /// In one board.
    Board,
}

/// Whom a sanction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A member by name.
    Named(UserId),
    /// Whoever has this label in the thread; 0 is the author of the post.
    Anonymous {
        /// The thread.
        post: PostId,
        /// The label.
        number: u32,
    },
}

/// A sanction as it is first stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSanction {
    /// The fresh id, ordered by time.
    pub id: SanctionId,
    /// What it does.
    pub kind: SanctionKind,
    /// In which school it was given.
    pub school: SchoolId,
    /// In which board it holds; `None` for all.
    pub board: Option<BoardId>,
    /// Whom it is for.
    pub subject: Subject,
    /// The item that it was given for, if for one.
    pub item: Option<ItemRef>,
    /// Who gave it.
    pub issuer: UserId,
    /// Under which rule.
    pub rule: ReportReason,
    /// Why.
    pub reason: String,
    /// The text of the item at that time.
    pub evidence: String,
    /// When it was given.
    pub starts_at: Timestamp,
}

/// A sanction as its subject reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    /// Which.
    pub id: SanctionId,
    /// What it does.
    pub kind: SanctionKind,
    /// The board where it holds; `None` for all.
    pub board: Option<BoardRef>,
    /// Under which rule.
    pub rule: ReportReason,
    /// Why.
    pub reason: String,
    /// The text that it was given for, until that is erased.
    pub evidence: Option<String>,
    /// From when.
    pub starts_at: Timestamp,
    /// Until when, by the clock.
    pub ends_at: Option<Timestamp>,
    /// When it was lifted before its time.
    pub lifted_at: Option<Timestamp>,
}

impl SanctionKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Warning, Self::Restriction, Self::Ban];

    /// The word of the contract and of the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Restriction => "restriction",
            Self::Ban => "ban",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl SanctionScope {
    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Board => "board",
        }
    }
}

impl Sanction {
    /// Where it holds.
    pub fn scope(&self) -> SanctionScope {
        if self.board.is_some() { SanctionScope::Board } else { SanctionScope::Site }
    }
}
