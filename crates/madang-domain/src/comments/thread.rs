//! A post as the place of its comments.

use super::{CommentState, CommentTree, CommentView, SeenComment};
use crate::actor::{Actor, Role};
use crate::boards::BoardRef;
use crate::ctx::{Ctx, Timestamp};
use crate::ids::{BoardId, UserId};
use crate::permissions::{Denial, Permission};
use crate::posts::PostRef;
use crate::visibility::{ItemFacts, Sight, sight};

/// A live post with what its comments need of it and of its board, for one viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// The post.
    pub post: PostRef,
    /// Where it stands.
    pub board: BoardRef,
    /// Whether guests may read.
    pub guest_readable: bool,
    /// Whether comments may be anonymous.
    pub allow_anonymous: bool,
    /// Whether comments must be anonymous.
    pub anonymous_only: bool,
    /// Whether authors may edit comments.
    pub comments_editable: bool,
    /// Whether likes can be taken back (LIKE-2).
    pub likes_cancellable: bool,
    /// Who manages the board.
    pub manager: Option<UserId>,
    /// Who wrote the post, if by name.
    pub author: Option<UserId>,
    /// Whether the viewer wrote the post.
    pub is_mine: bool,
    /// Whether comments are paused.
    pub comments_locked: bool,
    /// Whether the post is hidden.
    pub is_hidden: bool,
    /// When somebody else first commented (POST-5).
    pub answered_at: Option<Timestamp>,
    /// How many live comments it has, replies included.
    pub comment_count: i64,
    /// The viewer's number among the anonymous writers of the thread: 0 for the author of an anonymous post, then
    /// 1, 2, 3… by first anonymous comment.
    pub own_number: Option<u32>,
}

impl Thread {
    /// Whether `actor` reads the comments (VIS-2).
    pub fn check_read(&self, actor: &Actor) -> Permission {
        let facts =
            ItemFacts { guest_readable: self.guest_readable, hidden: self.is_hidden, is_mine: self.is_mine };
        match sight(actor, facts)? {
            Sight::Whole => Ok(()),
            Sight::Stub => Err(Denial::ItemHidden),
        }
    }

    /// Whether `actor` may comment.
    pub fn check_comment(&self, actor: &Actor) -> Permission {
        check_comments_open(actor, self.board.id, self.is_hidden, self.comments_locked)
    }

    /// A comment of this thread as `ctx.actor` sees it.
    pub(super) fn seen(&self, ctx: &Ctx, tree: CommentTree) -> SeenComment {
        let CommentTree { comment, replies, replies_next } = tree;
        SeenComment {
            replies: replies.into_iter().map(|reply| self.seen_alone(ctx, reply)).collect(),
            replies_next,
            ..self.seen_alone(ctx, comment)
        }
    }

    /// The same without its replies.
    pub(super) fn seen_alone(&self, ctx: &Ctx, comment: CommentView) -> SeenComment {
        let (state, can) = (comment.state(), comment.permissions(self, ctx));
        let sight = match state {
            CommentState::Live => Sight::Whole,
            CommentState::Hidden if comment.is_mine => Sight::Whole,
            _ => Sight::Stub,
        };
        SeenComment {
            post_id: self.post.id,
            comment,
            state,
            sight,
            can,
            replies: Vec::new(),
            replies_next: None,
        }
    }
}

/// Whether `actor` may comment on a post of `board` that is or is not hidden and locked (POST-12).
pub(crate) fn check_comments_open(
    actor: &Actor,
    board: BoardId,
    is_hidden: bool,
    comments_locked: bool,
) -> Permission {
    actor.check_role(Role::Student)?;
    actor.check_unrestricted_in(board)?;
    if is_hidden {
        return Err(Denial::ItemHidden);
    }
    if comments_locked { Err(Denial::CommentsLocked) } else { Ok(()) }
}
