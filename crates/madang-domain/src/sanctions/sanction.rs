//! The sanction.

use crate::appeals::Appeal;
use crate::boards::BoardRef;
use crate::ctx::{Moment, Timestamp};
use crate::ids::{BoardId, PostId, SanctionId, SchoolId, UserId};
use crate::permissions::{Denial, Permission};
use crate::posts::{Author, ReportReason};
use crate::removals::{ItemRef, StaffItem};

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

impl Subject {
    /// Whoever wrote `item`; `None` for somebody named who has withdrawn.
    pub(crate) fn author_of(item: &StaffItem) -> Option<Self> {
        match (&item.author, item.number) {
            (Author::Named(member), _) => Some(Self::Named(member.id)),
            (Author::Anonymous { .. }, Some(number)) => Some(Self::Anonymous { post: item.post_id, number }),
            (Author::Anonymous { .. }, None) | (Author::Opener | Author::Withdrawn, _) => None,
        }
    }
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
    /// Until when, by the clock.
    pub ends_at: Option<Timestamp>,
}

/// A sanction as its subject reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    /// Which.
    pub id: SanctionId,
    /// In which school it was given.
    pub school: SchoolId,
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
    /// What its subject said against it.
    pub appeal: Option<Appeal>,
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
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Site, Self::Board];

    /// The word of the contract.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Board => "board",
        }
    }

    /// The scope of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }
}

impl Sanction {
    /// Where it holds.
    pub fn scope(&self) -> SanctionScope {
        if self.board.is_some() { SanctionScope::Board } else { SanctionScope::Site }
    }

    /// Whether it was neither lifted nor ended by the clock.
    pub fn is_active_at(&self, now: Timestamp) -> bool {
        self.lifted_at.is_none() && self.ends_at.is_none_or(|end| now < end)
    }

    /// Until when its subject may appeal (SAN-4).
    pub fn appeal_until(&self, moment: &Moment) -> Timestamp {
        self.starts_at + moment.policy.sanctions.appeal
    }

    /// Whether its subject may appeal: once, in time, and while there is something to lift (SAN-4).
    pub(crate) fn check_appeal(&self, moment: &Moment) -> Permission {
        if self.appeal.is_some() {
            return Err(Denial::AlreadyAppealed);
        }
        match self.lifted_at.is_some() || moment.now > self.appeal_until(moment) {
            true => Err(Denial::AppealClosed),
            false => Ok(()),
        }
    }
}
