//! Comments.

mod create_comment;
mod delete_comment;
mod edit_comment;
mod find_comment;
mod list_comments;
mod list_own_comments;
mod list_replies;
mod response;

use crate::route::Route;

pub(crate) use response::{CommentResponse, OwnCommentResponse};

/// The routes of comments.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        list_comments::route(),
        create_comment::route(),
        find_comment::route(),
        edit_comment::route(),
        delete_comment::route(),
        list_replies::route(),
        list_own_comments::route(),
    ]
}
