//! One deleted item of its owner.

use crate::boards::BoardRef;
use crate::ctx::Timestamp;
use crate::ids::{BoardId, UserId};
use uuid::Uuid;

/// Longest excerpt of a text, in characters.
const EXCERPT_CHARS: usize = 100;

/// The kinds of items that have a trash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrashKind {
    /// A post.
    Post,
    /// A comment.
    Comment,
    /// A timetable.
    Timetable,
    /// A lead.
    Lead,
}

/// An item as it enters the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrashEntry {
    /// What it is.
    pub kind: TrashKind,
    /// The item's own id.
    pub id: Uuid,
    /// Whose it is; nobody else ever sees it.
    pub owner: UserId,
    /// The board it stood on.
    pub board_id: Option<BoardId>,
    /// Its title.
    pub title: Option<String>,
    /// The beginning of its text.
    pub excerpt: Option<String>,
    /// When it was deleted.
    pub deleted_at: Timestamp,
}

/// An item in its owner's trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrashView {
    /// What it is.
    pub kind: TrashKind,
    /// The item's own id.
    pub id: Uuid,
    /// Its title.
    pub title: Option<String>,
    /// The beginning of its text.
    pub excerpt: Option<String>,
    /// The board it stood on.
    pub board: Option<BoardRef>,
    /// Whether what contained it still lives.
    pub container_live: bool,
    /// Whether another item stands in its place by now: a lead with the same address.
    pub is_displaced: bool,
    /// When it was deleted.
    pub deleted_at: Timestamp,
}

impl TrashKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Post, Self::Comment, Self::Timetable, Self::Lead];

    /// The word of the contract and of the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Comment => "comment",
            Self::Timetable => "timetable",
            Self::Lead => "lead",
        }
    }

    /// The kind of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

impl TrashEntry {
    /// The beginning of `text`.
    pub fn excerpt_of(text: &str) -> String {
        text.chars().take(EXCERPT_CHARS).collect()
    }
}
