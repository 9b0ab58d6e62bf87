//! Boards, for their readers and managers.

mod accept_transfer;
mod cancel_transfer;
mod create_board;
mod delete_board;
mod edit_board;
mod find_board;
mod list_boards;
mod offer_board;
mod response;

pub(crate) use list_boards::{CATEGORIES, order};
pub(crate) use response::{BoardFlagsShape, BoardItemResponse, BoardResponse, CategoryShape};

use crate::route::Route;

/// The routes of boards.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        list_boards::route(),
        create_board::route(),
        find_board::route(),
        edit_board::route(),
        delete_board::route(),
        offer_board::route(),
        accept_transfer::route(),
        cancel_transfer::route(),
    ]
}
