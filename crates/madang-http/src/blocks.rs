//! Blocks.

mod create_block;
mod list_blocks;
mod remove_block;
mod response;

use crate::route::Route;

/// The routes of blocks.
pub(crate) fn routes() -> Vec<Route> {
    vec![list_blocks::route(), create_block::route(), remove_block::route()]
}
