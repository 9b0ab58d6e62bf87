//! The boards that the caller keeps at hand.

mod add_favourite;
mod list_favourites;
mod order_favourites;
mod remove_favourite;

use crate::route::Route;

/// The routes of favourites.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        add_favourite::route(),
        remove_favourite::route(),
        list_favourites::route(),
        order_favourites::route(),
    ]
}
