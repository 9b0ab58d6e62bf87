//! Posts: what is written on boards, by name or anonymously.

mod author;
mod change;
mod create_post;
mod delete_post;
mod edit_post;
mod find_post;
mod half_year;
mod hashtags;
mod list_own_posts;
mod list_posts;
mod list_ranked;
mod post;
mod post_ref;
mod purge_posts;
mod report_reason;
mod repository;
mod restore_post;
mod summary;
mod words;

pub use author::Author;
pub use change::ChangePostError;
pub use create_post::{CreatePost, CreatePostError, create_post};
pub use delete_post::delete_post;
pub use edit_post::{EditPost, EditPostError, edit_post};
pub use find_post::{FindPostError, find_post};
pub use half_year::HalfYear;
pub use hashtags::hashtags;
pub use list_own_posts::list_own_posts;
pub use list_posts::{ListPostsError, list_board_posts, list_posts};
pub use list_ranked::{list_best_posts, list_hot_posts};
pub use post::{BoardFacts, NewPost, PostPermissions, PostView, SeenPost, contents_rule, title_rule};
pub use post_ref::PostRef;
pub use purge_posts::purge_posts;
pub use report_reason::ReportReason;
pub use repository::{
    BestWithin, PostFilter, PostKey, PostQuery, PostRepository, PostScope, PostTextChange, PostingScope,
};
pub use restore_post::{RestorePostError, restore_post};
pub use summary::PostSummary;
pub(crate) use words::holds_word;
