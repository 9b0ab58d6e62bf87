//! What every change of an own comment begins with.

use super::find_comment::with_replies;
use super::{FoundComment, SeenComment, Thread};
use crate::actor::Actor;
use crate::ctx::Ctx;
use crate::ids::CommentId;
use crate::permissions::{Denial, Permission};
use crate::store::{StoreError, UnitOfWork};

/// Why a comment is not changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeCommentError {
    /// No such comment for this caller.
    #[error("no such comment")]
    NotFound,
    /// Not this caller's to change, or not now.
    #[error("the caller may not change it")]
    Denied(Denial),
    /// The comment is not as the caller saw it.
    #[error("the comment has changed")]
    PreconditionFailed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The comment, kept from other writers, if `judge` lets the caller change it and it still is as the caller saw it.
pub(super) fn find_changeable(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: CommentId,
    judge: impl Fn(&super::CommentView, &Thread, &Actor) -> Permission,
    as_seen: &dyn Fn(&SeenComment) -> bool,
) -> Result<FoundComment, ChangeCommentError> {
    let Some(found) = uow.comments().find_locked(&ctx.actor, id)? else {
        return Err(ChangeCommentError::NotFound);
    };
    judge(&found.comment, &found.thread, &ctx.actor).map_err(ChangeCommentError::Denied)?;
    if !as_seen(&with_replies(uow, ctx, found.clone())?) {
        return Err(ChangeCommentError::PreconditionFailed);
    }
    Ok(found)
}
