//! Deleting a comment into its author's trash.

use super::change::{ChangeCommentError, find_changeable};
use super::{CommentView, SeenComment};
use crate::ctx::Ctx;
use crate::ids::CommentId;
use crate::store::UnitOfWork;
use crate::trash::{TrashEntry, TrashKind};

/// Deletes the caller's own comment; its replies stay (CMT-3).
pub fn delete_comment(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: CommentId,
    as_seen: &dyn Fn(&SeenComment) -> bool,
) -> Result<(), ChangeCommentError> {
    let found = find_changeable(uow, ctx, id, CommentView::check_own, as_seen)?;
    if !uow.comments().mark_deleted(id, ctx.now)? {
        return Err(ChangeCommentError::NotFound);
    }
    uow.posts().bump_comments(found.thread.post.id, -1)?;
    if let Some(parent) = found.comment.parent_id {
        uow.comments().bump_replies(parent, -1)?;
    }
    let entry = TrashEntry {
        kind: TrashKind::Comment,
        id: id.into(),
        owner: ctx.actor.user,
        board_id: Some(found.thread.board.id),
        title: None,
        excerpt: Some(TrashEntry::excerpt_of(&found.comment.contents)),
        deleted_at: ctx.now,
    };
    Ok(uow.trash().add(&entry)?)
}
