//! A block as its owner sees it.

use crate::problem::instant;
use crate::shapes::{PostRef, UserSummary, label};
use crate::viewer::Viewer;
use madang_domain::blocks::Block;
use madang_domain::posts::Author;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An own block.
#[derive(Serialize, ToSchema)]
#[schema(as = Block)]
pub(super) struct BlockResponse {
    id: Uuid,
    /// `user` for whoever is blocked by name, else what the label was met on: `post`, `comment` or `message_thread`.
    target_type: &'static str,
    /// The name, or the label in the language of the answer.
    label: String,
    /// Only of a member who is blocked by name.
    #[schema(required)]
    user: Option<UserSummary>,
    /// The post whose thread an anonymous author is blocked in, while it can be read.
    #[schema(required)]
    context: Option<PostRef>,
    #[schema(format = DateTime)]
    created_at: String,
}

impl BlockResponse {
    pub(super) fn new(block: &Block, viewer: &Viewer) -> Self {
        let (user, label) = match &block.author {
            Author::Named(member) => (Some(UserSummary::new(member, viewer)), member.nickname.clone()),
            nameless => (None, label(nameless, viewer.language()).unwrap_or_default()),
        };
        Self {
            id: block.id.into(),
            target_type: block.target.as_str(),
            label,
            user,
            context: block.context.as_ref().map(PostRef::new),
            created_at: instant(block.created_at),
        }
    }
}
