//! Erasing comments. A comment whose text is empty has been erased: nobody can write an empty one.

use crate::columns::uid;
use crate::connection::run;
use crate::schema::{comment_likes, comments, moderation_cases};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::exists;
use diesel::prelude::*;
use madang_domain::ids::CommentId;
use madang_domain::store::StoreError;

/// Erases a deleted comment of a thread that is held, and with it the parent that only waited for it.
pub(super) fn purge(uow: &mut DieselUnitOfWork<'_>, id: CommentId) -> Result<(), StoreError> {
    let blanked: Option<Option<CommentId>> = run!(uow, |c| {
        diesel::update(comments::table)
            .filter(comments::id.eq(uid(id)))
            .filter(comments::deleted_at.is_not_null())
            .set(comments::contents.eq(""))
            .returning(comments::parent_id)
            .get_result(c)
            .optional()
    })?;
    let Some(parent) = blanked else { return Ok(()) };
    let gone = drop_bare(uow, id)?;
    match parent {
        Some(parent) if gone => drop_bare(uow, parent).map(drop),
        _ => Ok(()),
    }
}

/// Deletes the row of an erased comment, unless replies stand under it, or stood and may come back, or staff have removed
/// or judged it and their log tells of it; whether it is gone.
fn drop_bare(uow: &mut DieselUnitOfWork<'_>, id: CommentId) -> Result<bool, StoreError> {
    let replies = comments::table.filter(comments::parent_id.eq(uid(id)));
    let bare = comments::table
        .filter(comments::id.eq(uid(id)))
        .filter(comments::contents.eq(""))
        .filter(comments::deleted_at.is_not_null())
        .filter(comments::removed_at.is_null());
    let cases = moderation_cases::table.filter(moderation_cases::target_id.eq(uid(id)));
    let likes = comment_likes::table.filter(comment_likes::comment_id.eq(uid(id)));
    run!(uow, |c| {
        let is_bare: bool = diesel::select(exists(bare)).get_result(c)?;
        let has_replies: bool = diesel::select(exists(replies)).get_result(c)?;
        let has_cases: bool = diesel::select(exists(cases)).get_result(c)?;
        if !is_bare || has_replies || has_cases {
            return Ok(false);
        }
        diesel::delete(likes).execute(c)?;
        diesel::delete(comments::table.filter(comments::id.eq(uid(id)))).execute(c)?;
        Ok(true)
    })
}
