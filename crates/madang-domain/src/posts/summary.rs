//! The post as lists show it.

use super::{PostView, SeenPost};
use crate::ctx::Ctx;
use crate::visibility::Sight;

/// A post in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostSummary {
    /// The post with its contents cut to `posts.list_chars`.
    pub seen: SeenPost,
    /// Whether something was cut off.
    pub contents_truncated: bool,
}

impl PostSummary {
    /// How many characters of the contents a list has to read: one more than it shows.
    pub fn chars_to_read(ctx: &Ctx) -> usize {
        ctx.policy.posts.list_chars + 1
    }

    /// Cuts the contents, of which [`chars_to_read`](Self::chars_to_read) were read.
    pub fn new(ctx: &Ctx, mut post: PostView) -> Self {
        let cut_at = post.contents.char_indices().nth(ctx.policy.posts.list_chars).map(|(at, _)| at);
        if let Some(at) = cut_at {
            post.contents.truncate(at);
        }
        let can = post.permissions(ctx);
        // Lists hold only what the viewer sees whole, which includes own hidden posts (VIS-3).
        Self { seen: SeenPost { post, sight: Sight::Whole, can }, contents_truncated: cut_at.is_some() }
    }
}
