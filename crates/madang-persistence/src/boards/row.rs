//! How a board lies in the database.

use crate::columns::{InstantValue, UidValue, at, uid};
use crate::schema::boards;
use diesel::prelude::*;
use madang_domain::accounts::UserSummary;
use madang_domain::boards::{
    Board, BoardAccess, BoardCategory, BoardChange, BoardFlags, BoardSummary, BoardTransfer, BoardView,
    NewBoard, StaffBoardView, board_name_key,
};
use madang_domain::ctx::Timestamp;
use madang_domain::fold::fold;
use madang_domain::ids::{BoardId, MediaId, PostId, SchoolId, UserId};
use madang_domain::posts::PostRef;
use madang_domain::schools::SchoolRef;
use madang_domain::store::StoreError;

/// What the read model of details selects.
macro_rules! view_columns {
    ($viewer:expr) => {
        (
            BoardRow::as_select(),
            schools::name,
            (users::id, users::nickname).nullable(),
            profile_image!(boards::manager_id),
            (posts::id, posts::title, posts::created_at).nullable(),
            keeps(uid($viewer.user)),
            (receivers.field(users::id), receivers.field(users::nickname)).nullable(),
            profile_image!(board_transfers::to_id.nullable()),
            (board_transfers::created_at, board_transfers::expires_at).nullable(),
        )
    };
}

/// What the read models of staff select.
macro_rules! staff_columns {
    () => {
        (
            BoardRow::as_select(),
            schools::name,
            (users::id, users::nickname).nullable(),
            profile_image!(boards::manager_id),
            boards::deleted_at,
        )
    };
}
pub(super) use {staff_columns, view_columns};

#[derive(Queryable, Selectable)]
#[diesel(table_name = boards)]
pub(super) struct BoardRow {
    id: BoardId,
    school_id: SchoolId,
    name: String,
    description: String,
    category: String,
    #[diesel(embed)]
    flags: FlagsRow,
    manager_id: Option<UserId>,
    notice_post_id: Option<PostId>,
    post_count: i64,
    last_post_at: Option<Timestamp>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Clone, Copy, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = boards)]
pub(super) struct FlagsRow {
    allow_anonymous: bool,
    anonymous_only: bool,
    allow_questions: bool,
    guest_readable: bool,
    staff_write_only: bool,
    is_promotion: bool,
    hot_eligible: bool,
    searchable: bool,
    title_required: bool,
    comments_editable: bool,
    likes_cancellable: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = boards)]
pub(super) struct SummaryRow {
    id: BoardId,
    name: String,
    category: String,
    school_id: SchoolId,
    guest_readable: bool,
    staff_write_only: bool,
}

#[derive(Queryable)]
pub(super) struct ViewRow {
    board: BoardRow,
    school: String,
    manager: Option<(UserId, String)>,
    manager_image: Option<MediaId>,
    notice: Option<(PostId, Option<String>, Timestamp)>,
    is_favourite: bool,
    receiver: Option<(UserId, String)>,
    receiver_image: Option<MediaId>,
    offered: Option<(Timestamp, Timestamp)>,
}

#[derive(Queryable)]
pub(super) struct StaffViewRow {
    board: BoardRow,
    school: String,
    manager: Option<(UserId, String)>,
    manager_image: Option<MediaId>,
    deleted_at: Option<Timestamp>,
}

#[derive(Insertable)]
#[diesel(table_name = boards)]
pub(super) struct NewBoardRow<'a> {
    id: UidValue,
    school_id: UidValue,
    name: &'a str,
    name_fold: String,
    name_key: String,
    description: &'a str,
    category: &'static str,
    #[diesel(embed)]
    flags: FlagsRow,
    manager_id: Option<UidValue>,
    created_at: InstantValue,
    updated_at: InstantValue,
}

#[derive(AsChangeset)]
#[diesel(table_name = boards, treat_none_as_null = true)]
pub(super) struct BoardChangeRow {
    name: String,
    name_fold: String,
    name_key: String,
    description: String,
    category: &'static str,
    #[diesel(embed)]
    flags: FlagsRow,
    manager_id: Option<UidValue>,
    notice_post_id: Option<UidValue>,
    updated_at: InstantValue,
}

impl BoardRow {
    pub(super) fn into_board(self) -> Result<Board, StoreError> {
        Ok(Board {
            id: self.id,
            school_id: self.school_id,
            name: self.name,
            description: self.description,
            category: category(&self.category)?,
            flags: self.flags.into(),
            manager_id: self.manager_id,
            notice_post_id: self.notice_post_id,
            post_count: self.post_count,
            last_post_at: self.last_post_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

impl SummaryRow {
    pub(super) fn into_summary(self, is_favourite: bool) -> Result<BoardSummary, StoreError> {
        Ok(BoardSummary {
            id: self.id,
            name: self.name,
            category: category(&self.category)?,
            access: BoardAccess {
                board_id: self.id,
                school_id: self.school_id,
                guest_readable: self.guest_readable,
                staff_write_only: self.staff_write_only,
            },
            is_favourite,
        })
    }
}

impl ViewRow {
    pub(super) fn into_view(self) -> Result<BoardView, StoreError> {
        let board = self.board.into_board()?;
        let manager = self.manager.map(|manager| summary(manager, self.manager_image));
        let receiver = self.receiver.map(|receiver| summary(receiver, self.receiver_image));
        let transfer = match (&manager, receiver, self.offered) {
            (Some(from), Some(to), Some((created_at, expires_at))) => {
                Some(BoardTransfer { from: from.clone(), to, created_at, expires_at })
            }
            _ => None,
        };
        Ok(BoardView {
            school: SchoolRef { id: board.school_id, name: self.school },
            manager,
            notice: self.notice.map(|(id, title, created_at)| PostRef { id, title, created_at }),
            is_favourite: self.is_favourite,
            transfer,
            board,
        })
    }
}

impl StaffViewRow {
    pub(super) fn into_view(self) -> Result<StaffBoardView, StoreError> {
        let board = self.board.into_board()?;
        Ok(StaffBoardView {
            school: SchoolRef { id: board.school_id, name: self.school },
            manager: self.manager.map(|manager| summary(manager, self.manager_image)),
            deleted_at: self.deleted_at,
            board,
        })
    }
}

impl<'a> NewBoardRow<'a> {
    pub(super) fn new(board: &'a NewBoard) -> Self {
        Self {
            id: uid(board.id),
            school_id: uid(board.school_id),
            name: &board.name,
            name_fold: fold(&board.name),
            name_key: board_name_key(&board.name),
            description: &board.description,
            category: board.category.as_str(),
            flags: board.flags.into(),
            manager_id: board.manager_id.map(uid),
            created_at: at(board.created_at),
            updated_at: at(board.created_at),
        }
    }
}

impl BoardChangeRow {
    pub(super) fn new(change: &BoardChange) -> Self {
        Self {
            name: change.name.clone(),
            name_fold: fold(&change.name),
            name_key: board_name_key(&change.name),
            description: change.description.clone(),
            category: change.category.as_str(),
            flags: change.flags.into(),
            manager_id: change.manager_id.map(uid),
            notice_post_id: change.notice_post_id.map(uid),
            updated_at: at(change.updated_at),
        }
    }
}

/// Both ways between the switches and their columns, which are named alike.
macro_rules! flags {
    ($($flag:ident),* $(,)?) => {
        impl From<BoardFlags> for FlagsRow {
            fn from(BoardFlags { $($flag),* }: BoardFlags) -> Self {
                Self { $($flag),* }
            }
        }

        impl From<FlagsRow> for BoardFlags {
            fn from(FlagsRow { $($flag),* }: FlagsRow) -> Self {
                Self { $($flag),* }
            }
        }
    };
}

flags!(
    allow_anonymous,
    anonymous_only,
    allow_questions,
    guest_readable,
    staff_write_only,
    is_promotion,
    hot_eligible,
    searchable,
    title_required,
    comments_editable,
    likes_cancellable,
);

fn summary((id, nickname): (UserId, String), image: Option<MediaId>) -> UserSummary {
    UserSummary { id, nickname, image }
}

fn category(word: &str) -> Result<BoardCategory, StoreError> {
    BoardCategory::from_word(word)
        .ok_or_else(|| StoreError::internal(format!("unknown category {word:?} in boards.category")))
}
