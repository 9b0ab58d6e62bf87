//! Comments: what is written under posts, by name or anonymously, with one level of replies.

mod change;
mod comment;
mod create_comment;
mod delete_comment;
mod edit_comment;
mod find_comment;
mod list_comments;
mod list_own_comments;
mod purge_comments;
mod repository;
mod restore_comment;
mod thread;

pub use change::ChangeCommentError;
pub use comment::{
    CommentPermissions, CommentState, CommentView, NewComment, SeenComment, Writer, contents_rule,
};
pub use create_comment::{CreateComment, CreateCommentError, create_comment};
pub use delete_comment::delete_comment;
pub use edit_comment::{EditCommentError, edit_comment};
pub use find_comment::{FindCommentError, find_comment};
pub use list_comments::{list_comments, list_replies};
pub use list_own_comments::{OwnComment, list_own_comments};
pub use purge_comments::purge_comments;
pub use repository::{
    CommentRepository, CommentTree, FoundComment, OwnCommentFilter, Parent, RestoredComment,
};
pub use restore_comment::{RestoreCommentError, restore_comment};
pub use thread::Thread;
pub(crate) use thread::check_comments_open;
