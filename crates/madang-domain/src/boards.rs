//! Boards, who manages them, and which of them a user keeps at hand.

mod acts;
mod board;
mod create_board;
mod delete_board;
mod edit_board;
mod favourites;
mod find_board;
mod flags;
mod repository;
mod staff;
mod transfer;
mod views;

pub use board::{Board, BoardCategory, BoardRef, DESCRIPTION_RULE, NAME_RULE, NewBoard, board_name_key};
pub use create_board::{CreateBoard, CreateBoardError, GroupFlags, create_board};
pub use delete_board::{DeleteBoardError, delete_board};
pub use edit_board::{EditBoard, EditBoardError, edit_board};
pub use favourites::{FavouriteError, add_favourite, order_favourites, remove_favourite};
pub use find_board::{FindBoardError, find_board};
pub use flags::{BoardAccess, BoardFlags};
pub use repository::{
    BoardChange, BoardFilter, BoardKey, BoardQuery, BoardRepository, StaffBoardFilter, StaffBoardQuery,
};
pub(crate) use staff::restore_any_board;
pub use staff::{
    CreateAnyBoard, CreateAnyBoardError, DeleteAnyBoardError, EditAnyBoard, EditAnyBoardError,
    FindAnyBoardError, FlagChanges, create_any_board, delete_any_board, edit_any_board, find_any_board,
};
pub use transfer::{
    BoardTransfer, OfferBoard, TransferError, TransferRepository, accept_transfer, cancel_transfer,
    check_offering, offer_board,
};
pub use views::{BoardPermissions, BoardSummary, BoardView, StaffBoardView};
