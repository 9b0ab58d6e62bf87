//! Cases that words open by themselves (POST-14).

use super::NewCase;
use crate::ctx::Ctx;
use crate::ids::{CommentId, PostId};
use crate::posts::holds_word;
use crate::removals::{ItemRef, StaffItem};
use crate::store::{StoreError, UnitOfWork};

/// Opens a case for a post that holds a flagged word in one of `texts`, which are what was written now, unless one is open.
pub(crate) fn flag_post<'a>(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: PostId,
    texts: impl IntoIterator<Item = &'a str>,
) -> Result<(), StoreError> {
    let words = &ctx.policy.moderation.flagged_words;
    match texts.into_iter().any(|text| holds_word(text, words)) {
        true => open(uow, ctx, ItemRef::Post(id)),
        false => Ok(()),
    }
}

/// Opens a case for a comment that holds a flagged word, unless one is open.
pub(crate) fn flag_comment(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: CommentId,
    contents: &str,
) -> Result<(), StoreError> {
    match holds_word(contents, &ctx.policy.moderation.flagged_words) {
        true => open(uow, ctx, ItemRef::Comment(id)),
        false => Ok(()),
    }
}

fn open(uow: &mut dyn UnitOfWork, ctx: &Ctx, item: ItemRef) -> Result<(), StoreError> {
    let Some(item) = uow.removals().find(&ctx.actor, item)? else { return Ok(()) };
    // Nobody has reported it, but it waits as if one had.
    let case = NewCase { priority: ctx.policy.moderation.weight_start, ..new_case(ctx, &item) };
    uow.reports().add_case(&case)
}

/// A case of `item` as it stands now.
pub(super) fn new_case(ctx: &Ctx, item: &StaffItem) -> NewCase {
    NewCase {
        id: ctx.fresh(),
        school: item.school,
        board: Some(item.board.id),
        kind: item.item.kind(),
        target: item.item.id(),
        snapshot: item.text(),
        priority: 0,
        opened_at: ctx.now,
    }
}
