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
            board_id: self.id,
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
        actor.check_unrestricted_in(self.id)?;
        self.check_manager(actor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::{CallerStateError, Credential, Restriction};
    use chrono::DateTime;
    use uuid::Uuid;

    fn actor(role: Role) -> Actor {
        Actor {
            user: UserId(Uuid::from_u128(1)),
            school: SchoolId(Uuid::from_u128(2)),
            role,
            email_verified: true,
            restriction: None,
            in_boards: Vec::new(),
            credential: Credential::PersonalToken,
        }
    }

    fn at(day: i64) -> Timestamp {
        DateTime::from_timestamp(day * 86_400, 0).unwrap()
    }

    fn board() -> Board {
        Board {
            id: BoardId(Uuid::from_u128(3)),
            school_id: SchoolId(Uuid::from_u128(2)),
            name: "Chess".to_owned(),
            description: String::new(),
            category: BoardCategory::Group,
            flags: BoardFlags::default(),
            manager_id: None,
            notice_post_id: None,
            post_count: 0,
            last_post_at: None,
            created_at: at(10),
            updated_at: at(10),
        }
    }

    #[test]
    fn vis_1_guests_read_where_the_board_lets_them() {
        let mut board = board();
        let closed = Err(Denial::Caller(CallerStateError::EnrolmentUnverified));
        assert_eq!(board.check_read(&actor(Role::Guest)), closed);
        assert_eq!(board.check_read(&actor(Role::Student)), Ok(()));
        board.flags.guest_readable = true;
        assert_eq!(board.check_read(&actor(Role::Guest)), Ok(()));
        assert_eq!(board.check_post(&actor(Role::Guest)), closed);
    }

    #[test]
    fn brd_2_only_staff_of_the_school_post_where_staff_alone_write() {
        let mut board = board();
        board.flags.staff_write_only = true;
        assert_eq!(board.check_post(&actor(Role::Student)), Err(Denial::Forbidden));
        assert_eq!(board.check_post(&actor(Role::Moderator)), Ok(()));
        let elsewhere = Actor { school: SchoolId(Uuid::from_u128(9)), ..actor(Role::Moderator) };
        assert_eq!(board.check_post(&elsewhere), Err(Denial::Forbidden));
        let restricted =
            Actor { restriction: Some(Restriction { ends_at: None, sanction: None }), ..actor(Role::Admin) };
        assert!(matches!(
            board.check_post(&restricted),
            Err(Denial::Caller(CallerStateError::Restricted(_)))
        ));
    }

    #[test]
    fn brd_2_anonymous_only_needs_anonymity() {
        let flags = BoardFlags { allow_anonymous: false, anonymous_only: true, ..BoardFlags::default() };
        assert_eq!(flags.check(), Err(("anonymous_only", crate::text::FieldError::NotAllowed)));
        assert_eq!(BoardFlags { allow_anonymous: true, ..flags }.check(), Ok(()));
    }

    #[test]
    fn brd_4_only_the_manager_edits_and_deletes() {
        let mut board = board();
        assert_eq!(board.check_edit(&actor(Role::Moderator)), Err(Denial::Forbidden));
        board.manager_id = Some(actor(Role::Student).user);
        assert_eq!(board.check_edit(&actor(Role::Student)), Ok(()));
        let restricted = Actor {
            restriction: Some(Restriction { ends_at: None, sanction: None }),
            ..actor(Role::Student)
        };
        assert!(board.check_edit(&restricted).is_err());
        assert_eq!(board.check_manager(&restricted), Ok(()));
    }

    #[test]
    fn brd_7_quiet_counts_from_the_last_post_or_the_opening() {
        let (mut board, quiet) = (board(), TimeDelta::days(14));
        assert_eq!(board.check_quiet(at(23), quiet), Err(Denial::BoardActive { available_at: at(24) }));
        assert_eq!(board.check_quiet(at(24), quiet), Ok(()));
        board.last_post_at = Some(at(20));
        assert_eq!(board.check_quiet(at(24), quiet), Err(Denial::BoardActive { available_at: at(34) }));
    }

    #[test]
    fn brd_1_names_meet_after_folding() {
        assert_eq!(board_name_key("Chess ＡB"), board_name_key("chess ab"));
        assert!(BoardCategory::ALL.iter().all(|c| BoardCategory::from_word(c.as_str()) == Some(*c)));
    }
}
