//! Deleting a post into its author's trash.

use super::PostView;
use crate::actor::CallerStateError;
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::permissions::Denial;
use crate::store::{StoreError, UnitOfWork};
use crate::trash::{TrashEntry, TrashKind};
use crate::visibility::sight;

/// Why a post is not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeletePostError {
    /// No such post for this caller.
    #[error("no such post")]
    NotFound,
    /// A guest in a board that is closed to guests.
    #[error("the caller's state forbids it")]
    Caller(CallerStateError),
    /// Not this caller's to delete, or not now.
    #[error("the caller may not delete it")]
    Denied(Denial),
    /// The post is not as the caller saw it.
    #[error("the post has changed")]
    PreconditionFailed,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Deletes the caller's own post: from then it does not exist for anybody, but waits in the trash (DEL-1, DEL-3).
pub fn delete_post(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: PostId,
    as_seen: &dyn Fn(&PostView) -> bool,
) -> Result<(), DeletePostError> {
    let Some(post) = uow.posts().find_locked(&ctx.actor, id)? else { return Err(DeletePostError::NotFound) };
    sight(&ctx.actor, post.facts()).map_err(DeletePostError::Caller)?;
    post.check_own(&ctx.actor).map_err(DeletePostError::Denied)?;
    if !as_seen(&post) {
        return Err(DeletePostError::PreconditionFailed);
    }
    post.check_unanswered().map_err(DeletePostError::Denied)?;
    if !uow.posts().mark_deleted(id, ctx.now)? {
        return Err(DeletePostError::NotFound);
    }
    uow.boards().bump_posts(post.board.id, -1, None)?;
    let entry = TrashEntry {
        kind: TrashKind::Post,
        id: id.into(),
        owner: ctx.actor.user,
        board_id: Some(post.board.id),
        title: post.title,
        excerpt: Some(TrashEntry::excerpt_of(&post.contents)),
        deleted_at: ctx.now,
    };
    Ok(uow.trash().add(&entry)?)
}
