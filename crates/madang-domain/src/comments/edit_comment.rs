//! Changing the text of a comment, where the board lets authors.

use super::change::{ChangeCommentError, find_changeable};
use super::{CommentView, SeenComment};
use crate::ctx::Ctx;
use crate::ids::CommentId;
use crate::posts::holds_word;
use crate::reports::flag_comment;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;

/// Why a comment is not edited.
#[derive(Debug, thiserror::Error)]
pub enum EditCommentError {
    /// It is not this caller's to change, or not as seen.
    #[error(transparent)]
    Change(#[from] ChangeCommentError),
    /// The words refuse fields.
    #[error("fields are refused")]
    Fields(Vec<(&'static str, FieldError)>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives the caller's own comment a new text (CMT-6); `None` leaves it as it is. `as_seen` tells whether the comment
/// still is what the caller last saw.
pub fn edit_comment(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: CommentId,
    contents: Option<&str>,
    as_seen: &dyn Fn(&SeenComment) -> bool,
) -> Result<(), EditCommentError> {
    let found = find_changeable(uow, ctx, id, CommentView::check_edit, as_seen)?;
    match contents {
        Some(contents) if contents != found.comment.contents => {
            if holds_word(contents, &ctx.policy.moderation.refused_words) {
                return Err(EditCommentError::Fields(vec![("contents", FieldError::Filtered)]));
            }
            uow.comments().save_contents(id, contents, ctx.now)?;
            Ok(flag_comment(uow, ctx, id, contents)?)
        }
        _ => Ok(()),
    }
}
