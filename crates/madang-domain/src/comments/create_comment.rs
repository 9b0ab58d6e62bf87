//! Writing a comment or a reply.

use super::{NewComment, Parent, Thread, Writer};
use crate::ctx::Ctx;
use crate::ids::{CommentId, PostId};
use crate::notifications::tell_of_comment;
use crate::permissions::Denial;
use crate::posts::holds_word;
use crate::reports::flag_comment;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;

/// What somebody wants to write. The text is parsed by the rule of CMT-2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateComment {
    /// Under which post.
    pub post_id: PostId,
    /// To which comment it replies.
    pub parent_id: Option<CommentId>,
    /// The text.
    pub contents: String,
    /// `None` takes the board's habit: anonymous where nothing else is allowed.
    pub is_anonymous: Option<bool>,
}

/// Why a comment is not written.
#[derive(Debug, thiserror::Error)]
pub enum CreateCommentError {
    /// No such post for this caller, or the parent is deleted.
    #[error("no such post or parent")]
    NotFound,
    /// The caller may not comment here.
    #[error("the caller may not comment here")]
    Denied(Denial),
    /// The parent, the board's switches, or its words refuse fields.
    #[error("fields are refused")]
    Fields(Vec<(&'static str, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes a comment and answers its id.
pub fn create_comment(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    command: CreateComment,
) -> Result<CommentId, CreateCommentError> {
    let Some(thread) = uow.comments().find_thread_locked(&ctx.actor, command.post_id)? else {
        return Err(CreateCommentError::NotFound);
    };
    let parent = match command.parent_id {
        None => None,
        Some(parent) => Some(uow.comments().find_parent(&ctx.actor, thread.post.id, parent)?),
    };
    // What is not there is told before what may not be done.
    if let Some(Some(Parent { is_live: false, .. })) = parent {
        return Err(CreateCommentError::NotFound);
    }
    thread.check_comment(&ctx.actor).map_err(CreateCommentError::Denied)?;
    if let Some(Some(Parent { is_hidden: true, .. })) = parent {
        return Err(CreateCommentError::Denied(Denial::ItemHidden));
    }
    check_fields(ctx, &thread, &command, matches!(parent, Some(None)))?;
    let writer = writer(uow, ctx, &thread, command.is_anonymous.unwrap_or(thread.anonymous_only))?;
    let comment = NewComment {
        id: ctx.fresh(),
        post_id: thread.post.id,
        parent_id: command.parent_id,
        writer,
        contents: command.contents,
        created_at: ctx.now,
    };
    uow.comments().add(&comment)?;
    uow.posts().bump_comments(thread.post.id, 1)?;
    if let Some(parent) = comment.parent_id {
        uow.comments().bump_replies(parent, 1)?;
    }
    if !thread.is_mine && thread.answered_at.is_none() {
        uow.posts().mark_answered(thread.post.id, ctx.now)?;
    }
    tell_of_comment(uow, ctx, &comment)?;
    flag_comment(uow, ctx, comment.id, &comment.contents)?;
    Ok(comment.id)
}

fn check_fields(
    ctx: &Ctx,
    thread: &Thread,
    command: &CreateComment,
    parent_is_invalid: bool,
) -> Result<(), CreateCommentError> {
    let mut fields = Vec::new();
    if parent_is_invalid {
        fields.push(("parent_id", FieldError::InvalidParent));
    }
    match command.is_anonymous {
        Some(true) if !thread.allow_anonymous => fields.push(("is_anonymous", FieldError::NotAllowed)),
        Some(false) if thread.anonymous_only => fields.push(("is_anonymous", FieldError::NotAllowed)),
        _ => {}
    }
    if holds_word(&command.contents, &ctx.policy.moderation.refused_words) {
        fields.push(("contents", FieldError::Filtered));
    }
    if fields.is_empty() { Ok(()) } else { Err(CreateCommentError::Fields(fields)) }
}

/// Everybody keeps one number a thread (ANON-1); the author of an anonymous post has one from the beginning.
fn writer(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    thread: &Thread,
    is_anonymous: bool,
) -> Result<Writer, StoreError> {
    match (is_anonymous, thread.own_number) {
        (false, _) => Ok(Writer::Named(ctx.actor.user)),
        (true, Some(number)) => Ok(Writer::Anonymous(number)),
        (true, None) => uow.comments().add_number(thread.post.id, ctx.actor.user).map(Writer::Anonymous),
    }
}
