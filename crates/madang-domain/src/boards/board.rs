//! The board and its rules.

use super::{BoardAccess, BoardFlags};
use crate::actor::{Actor, Role};
use crate::ctx::{Ctx, Timestamp};
use crate::fold::name_key;
use crate::ids::{BoardId, PostId, SchoolId, UserId};
use crate::permissions::{Denial, Permission};
use crate::text::TextRule;
use chrono::TimeDelta;

/// The rule of board names (BRD-1).
pub const NAME_RULE: TextRule = TextRule::line(1, 40);
/// The rule of descriptions.
pub const DESCRIPTION_RULE: TextRule = TextRule::lines(0, 500);

/// What a board is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoardCategory {
    /// For everybody.
    Basic,
    /// Of a department.
    Department,
    /// Work and career.
    Career,
    /// Advertising.
    Promotion,
    /// Opened by a student.
    Group,
}

/// A board as others refer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardRef {
    /// The board.
    pub id: BoardId,
    /// Its name.
    pub name: String,
}

/// A live board of a live school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// The board.
    pub id: BoardId,
    /// Its school.
    pub school_id: SchoolId,
    /// The name, trimmed and in NFC; unique among the live boards of the school after folding (BRD-1).
    pub name: String,
    /// What it is about; may be empty.
    pub description: String,
    /// What it is for.
    pub category: BoardCategory,
    /// Its switches.
    pub flags: BoardFlags,
    /// Who manages it, a proven member of the school (BRD-4).
    pub manager_id: Option<UserId>,
    /// The post put on top, which need not be visible any more (BRD-5).
    pub notice_post_id: Option<PostId>,
    /// Live posts.
    pub post_count: i64,
    /// When the last post was written, deleted ones included.
    pub last_post_at: Option<Timestamp>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last changed by an edit.
    pub updated_at: Timestamp,
}

/// A board as it is first stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBoard {
    /// The fresh id.
    pub id: BoardId,
    /// Its school.
    pub school_id: SchoolId,
    /// The name, parsed.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// What it is for.
    pub category: BoardCategory,
    /// Its switches.
    pub flags: BoardFlags,
    /// Who manages it.
    pub manager_id: Option<UserId>,
    /// When it is opened.
    pub created_at: Timestamp,
}

impl BoardCategory {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Basic, Self::Department, Self::Career, Self::Promotion, Self::Group];

    /// The word of the contract and of the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Department => "department",
            Self::Career => "career",
            Self::Promotion => "promotion",
            Self::Group => "group",
        }
    }

    /// The category of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.as_str() == word)
    }
}

/// By which the name of a board is unique within its school.
pub fn board_name_key(name: &str) -> String {
    name_key(name)
}

impl Board {
    /// What decides who reads and posts.
    pub fn access(&self) -> BoardAccess {
        BoardAccess {
            school_id: self.school_id,
            guest_readable: self.flags.guest_readable,
            staff_write_only: self.flags.staff_write_only,
        }
    }

    /// How others refer to it.
    pub fn to_ref(&self) -> BoardRef {
        BoardRef { id: self.id, name: self.name.clone() }
    }

    /// Part (a) of the visibility predicate: the actor's own school, or any for an admin.
    pub fn is_in_sight_of(&self, actor: &Actor) -> bool {
        actor.is_admin() || actor.school == self.school_id
    }

    /// Whether `actor` reads here.
    pub fn check_read(&self, actor: &Actor) -> Permission {
        self.access().check_read(actor)
    }

    /// Whether `actor` posts here.
    pub fn check_post(&self, actor: &Actor) -> Permission {
        self.access().check_post(actor)
    }

    /// Whether `actor` manages the board (BRD-4). Staff act on boards under `/admin`.
    pub fn check_manager(&self, actor: &Actor) -> Permission {
        self.check_read(actor)?;
        actor.check_role(Role::Student)?;
        match self.manager_id == Some(actor.user) {
            true => Ok(()),
            false => Err(Denial::Forbidden),
        }
    }

    /// Whether the board has been quiet long enough for its manager to delete it (BRD-7).
    pub fn check_quiet(&self, now: Timestamp, quiet: TimeDelta) -> Permission {
        let available_at = self.last_post_at.unwrap_or(self.created_at).max(self.created_at) + quiet;
        match now < available_at {
            true => Err(Denial::BoardActive { available_at }),
            false => Ok(()),
        }
    }

    /// Whether the caller may delete the board as its manager.
    pub fn check_delete(&self, ctx: &Ctx) -> Permission {
        self.check_manager(&ctx.actor)?;
        self.check_quiet(ctx.now, ctx.policy.boards.quiet)
    }

    /// Whether the caller may edit the board as its manager.
    pub fn check_edit(&self, actor: &Actor) -> Permission {
        actor.check_unrestricted()?;
        self.check_manager(actor)
    }
}
