//! Items as staff see, remove and restore them.

mod create_removal;
mod create_restoration;
mod find_item;
mod response;

pub(crate) use response::state_word;

use crate::route::Route;

/// The routes of removals.
pub(crate) fn routes() -> Vec<Route> {
    vec![find_item::route(), create_removal::route(), create_restoration::route()]
}
