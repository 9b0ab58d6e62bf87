//! Boards, who manages them, and which of them a user keeps at hand.

mod board;
mod flags;
mod repository;
mod views;

pub use board::{Board, BoardCategory, BoardRef, DESCRIPTION_RULE, NAME_RULE, NewBoard, board_name_key};
pub use flags::{BoardAccess, BoardFlags};
pub use repository::{
    BoardChange, BoardFilter, BoardOrder, BoardQuery, BoardRepository, StaffBoardFilter, StaffBoardQuery,
};
pub use views::{BoardNotice, BoardPermissions, BoardSummary, BoardView, StaffBoardView};
