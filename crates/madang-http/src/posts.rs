//! Posts.

mod body;
mod create_post;
mod delete_post;
mod edit_post;
mod find_post;
mod list_best_posts;
mod list_board_posts;
mod list_hot_posts;
mod list_own_posts;
mod list_posts;
mod response;

use crate::route::Route;

pub(crate) use response::{PostItemResponse, PostResponse};

/// The routes of posts.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        list_posts::route(),
        list_hot_posts::route(),
        list_best_posts::route(),
        list_board_posts::route(),
        create_post::route(),
        find_post::route(),
        edit_post::route(),
        delete_post::route(),
        list_own_posts::route(),
    ]
}
