//! The port of boards and favourites.

use super::{Board, BoardCategory, BoardFlags, BoardRef, BoardSummary, BoardView, NewBoard, StaffBoardView};
use crate::actor::Actor;
use crate::ctx::Timestamp;
use crate::filters::{OneOf, TextTest};
use crate::ids::{BoardId, PostId, SchoolId, UserId};
use crate::paging::{OrderBy, Page, PageRequest};
use crate::store::StoreError;

/// The field filters of board lists, all ANDed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoardFilter {
    /// By name.
    pub name: Vec<TextTest>,
    /// By category.
    pub category: Option<OneOf<BoardCategory>>,
    /// By school.
    pub school: Option<OneOf<SchoolId>>,
    /// Kept at hand by the viewer or not.
    pub is_favourite: Option<bool>,
    /// Open to guests or not.
    pub guest_readable: Option<bool>,
}

/// By what boards are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BoardKey {
    /// The folded name.
    Name,
    /// The time of opening.
    CreatedAt,
}

/// One list of boards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardQuery {
    /// Which.
    pub filter: BoardFilter,
    /// In which order.
    pub order: Vec<OrderBy<BoardKey>>,
    /// Which page.
    pub request: PageRequest,
}

/// The field filters of the staff's board lists, all ANDed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaffBoardFilter {
    /// By name.
    pub name: Vec<TextTest>,
    /// By category.
    pub category: Option<OneOf<BoardCategory>>,
    /// By school.
    pub school: Option<OneOf<SchoolId>>,
    /// Deleted or not.
    pub is_deleted: Option<bool>,
}

/// One list of boards for staff, deleted ones included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffBoardQuery {
    /// Which.
    pub filter: StaffBoardFilter,
    /// In which order.
    pub order: Vec<OrderBy<BoardKey>>,
    /// Which page.
    pub request: PageRequest,
}

/// All that edits write; what an edit does not touch holds its present value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardChange {
    /// The name, parsed.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// What it is for.
    pub category: BoardCategory,
    /// The switches.
    pub flags: BoardFlags,
    /// Who manages it.
    pub manager_id: Option<UserId>,
    /// The post on top.
    pub notice_post_id: Option<PostId>,
    /// The new time of change.
    pub updated_at: Timestamp,
}

impl From<&Board> for BoardChange {
    fn from(board: &Board) -> Self {
        Self {
            name: board.name.clone(),
            description: board.description.clone(),
            category: board.category,
            flags: board.flags,
            manager_id: board.manager_id,
            notice_post_id: board.notice_post_id,
            updated_at: board.updated_at,
        }
    }
}

/// Boards and favourites. A live board is one that is not deleted, of a school that is not; "in sight" means besides
/// that of the viewer's school, or any for an admin.
pub trait BoardRepository {
    /// The live board, if there is one.
    fn find(&mut self, id: BoardId) -> Result<Option<Board>, StoreError>;

    /// The live board in the viewer's sight as its readers see it; one statement.
    fn find_view(&mut self, viewer: &Actor, id: BoardId) -> Result<Option<BoardView>, StoreError>;

    /// As [`find_view`](Self::find_view), and keeps every other write unit from changing the board until this one ends.
    fn find_view_locked(&mut self, viewer: &Actor, id: BoardId) -> Result<Option<BoardView>, StoreError>;

    /// The board of a live school that is in sight of `viewer`, deleted or not, as staff see it; one statement.
    fn find_for_staff(&mut self, viewer: &Actor, id: BoardId) -> Result<Option<StaffBoardView>, StoreError>;

    /// As [`find_for_staff`](Self::find_for_staff), and keeps every other write unit from changing the board until this
    /// one ends.
    fn find_for_staff_locked(
        &mut self,
        viewer: &Actor,
        id: BoardId,
    ) -> Result<Option<StaffBoardView>, StoreError>;

    /// A page of the live boards in the viewer's sight.
    fn list(&mut self, viewer: &Actor, query: &BoardQuery) -> Result<Page<BoardSummary>, StoreError>;

    /// A page of the boards of live schools in the viewer's sight, deleted ones included.
    fn list_for_staff(
        &mut self,
        viewer: &Actor,
        query: &StaffBoardQuery,
    ) -> Result<Page<StaffBoardView>, StoreError>;

    /// The live boards that `user` manages, by name.
    fn list_managed(&mut self, user: UserId) -> Result<Vec<BoardRef>, StoreError>;

    /// Whether a live board of `school` other than `except` has this name, compared as BRD-1 does. Asked under
    /// [`SchoolRepository::hold`](crate::schools::SchoolRepository::hold), the answer stays true until the unit ends.
    fn exists_named(
        &mut self,
        school: SchoolId,
        name: &str,
        except: Option<BoardId>,
    ) -> Result<bool, StoreError>;

    /// Stores a new board.
    fn add(&mut self, board: &NewBoard) -> Result<(), StoreError>;

    /// Writes what an edit changes of a live board.
    fn save(&mut self, id: BoardId, change: &BoardChange) -> Result<(), StoreError>;

    /// Marks a live board deleted; `false` when it was not live any more. Its posts keep their own marks (DEL-4).
    fn mark_deleted(&mut self, id: BoardId, by: UserId, at: Timestamp) -> Result<bool, StoreError>;

    /// Takes the mark of deletion back.
    fn unmark_deleted(&mut self, id: BoardId) -> Result<(), StoreError>;

    /// Adds `delta` to the posts; `last_post_at` is when a new post was written.
    fn bump_posts(
        &mut self,
        id: BoardId,
        delta: i64,
        last_post_at: Option<Timestamp>,
    ) -> Result<(), StoreError>;

    /// Keeps other write units that ask the same for `user` from going on until this one ends. Under it the limits per
    /// user are judged.
    fn hold_user(&mut self, user: UserId) -> Result<(), StoreError>;

    /// The live boards in sight that the viewer keeps at hand, in the viewer's order.
    fn list_favourites(
        &mut self,
        viewer: &Actor,
        request: PageRequest,
    ) -> Result<Page<BoardSummary>, StoreError>;

    /// As [`list_favourites`](Self::list_favourites), all of them, the ids only.
    fn list_favourite_ids(&mut self, viewer: &Actor) -> Result<Vec<BoardId>, StoreError>;

    /// Whether the user keeps the board at hand.
    fn is_favourite(&mut self, user: UserId, board: BoardId) -> Result<bool, StoreError>;

    /// How many boards the user keeps at hand, those of deleted boards included.
    fn count_favourites(&mut self, user: UserId) -> Result<i64, StoreError>;

    /// Puts the board at the end of the user's favourites; nothing when it is one already.
    fn add_favourite(&mut self, user: UserId, board: BoardId) -> Result<(), StoreError>;

    /// Takes the board out of the user's favourites; nothing when it is none.
    fn remove_favourite(&mut self, user: UserId, board: BoardId) -> Result<(), StoreError>;

    /// Brings the named favourites of the user into this order; those of deleted boards come last.
    fn save_favourite_order(&mut self, user: UserId, boards: &[BoardId]) -> Result<(), StoreError>;

    /// Erases the user's favourites; answers how many (SCH-3).
    fn purge_favourites(&mut self, user: UserId) -> Result<usize, StoreError>;
}
