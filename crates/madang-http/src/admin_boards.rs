//! Boards, for staff.

mod body;
mod create_any_board;
mod delete_any_board;
mod edit_any_board;
mod find_any_board;
mod list_any_boards;
mod response;

use crate::route::Route;

/// The routes of boards under `/admin`.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        list_any_boards::route(),
        create_any_board::route(),
        find_any_board::route(),
        edit_any_board::route(),
        delete_any_board::route(),
    ]
}
