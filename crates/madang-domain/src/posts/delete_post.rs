//! Deleting a post into its author's trash.

use super::SeenPost;
use super::change::{ChangePostError, find_own};
use crate::ctx::Ctx;
use crate::ids::PostId;
use crate::store::UnitOfWork;
use crate::trash::{TrashEntry, TrashKind};

/// Deletes the caller's own post: from then it does not exist for anybody, but waits in the trash (DEL-1, DEL-3).
pub fn delete_post(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: PostId,
    as_seen: &dyn Fn(&SeenPost) -> bool,
) -> Result<(), ChangePostError> {
    let post = find_own(uow, ctx, id, as_seen)?;
    post.check_unanswered().map_err(ChangePostError::Denied)?;
    if !uow.posts().mark_deleted(id, ctx.now)? {
        return Err(ChangePostError::NotFound);
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
