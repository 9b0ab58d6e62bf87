//! The switches of a board, and what they let whom do.

use crate::actor::{Actor, Role};
use crate::ids::{BoardId, SchoolId};
use crate::permissions::{Denial, Permission};
use crate::text::FieldError;

/// The switches. Changing one leaves existing items as they are (BRD-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardFlags {
    /// Items may be anonymous.
    pub allow_anonymous: bool,
    /// Items must be anonymous; never without `allow_anonymous`.
    pub anonymous_only: bool,
    /// Posts may be questions.
    pub allow_questions: bool,
    /// Guests may read.
    pub guest_readable: bool,
    /// Only staff of the school post.
    pub staff_write_only: bool,
    /// Posts advertise: spaced out further, frozen in time.
    pub is_promotion: bool,
    /// Posts may become hot and best.
    pub hot_eligible: bool,
    /// Searches and text filters across boards look in here.
    pub searchable: bool,
    /// Every post has a title.
    pub title_required: bool,
    /// Authors may edit comments.
    pub comments_editable: bool,
    /// Likes may be taken back.
    pub likes_cancellable: bool,
}

/// As much of a board as decides who reads and posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoardAccess {
    /// The board.
    pub board_id: BoardId,
    /// The board's school.
    pub school_id: SchoolId,
    /// Whether guests may read.
    pub guest_readable: bool,
    /// Whether only staff of the school post.
    pub staff_write_only: bool,
}

impl Default for BoardFlags {
    /// A board where members write by name or anonymously, and ask; nothing else is switched on but being found.
    fn default() -> Self {
        Self {
            allow_anonymous: true,
            anonymous_only: false,
            allow_questions: true,
            guest_readable: false,
            staff_write_only: false,
            is_promotion: false,
            hot_eligible: true,
            searchable: true,
            title_required: false,
            comments_editable: false,
            likes_cancellable: false,
        }
    }
}

impl BoardFlags {
    /// Refuses switches that contradict each other, naming the field (BRD-2).
    pub fn check(&self) -> Result<(), (&'static str, FieldError)> {
        match self.anonymous_only && !self.allow_anonymous {
            true => Err(("anonymous_only", FieldError::NotAllowed)),
            false => Ok(()),
        }
    }
}

impl BoardAccess {
    /// Whether `actor` reads here: members do, guests where the board lets them (VIS-1c).
    pub fn check_read(&self, actor: &Actor) -> Permission {
        match self.guest_readable {
            true => Ok(()),
            false => Ok(actor.check_role(Role::Student)?),
        }
    }

    /// Whether `actor` posts here.
    pub fn check_post(&self, actor: &Actor) -> Permission {
        actor.check_role(Role::Student)?;
        actor.check_unrestricted_in(self.board_id)?;
        match self.staff_write_only && !actor.is_staff_of(self.school_id) {
            true => Err(Denial::Forbidden),
            false => Ok(()),
        }
    }
}
