//! Taking a comment back out of the trash.

use crate::ids::CommentId;
use crate::store::{StoreError, UnitOfWork};

/// Why a comment stays in the trash.
#[derive(Debug, thiserror::Error)]
pub enum RestoreCommentError {
    /// Its post or board is gone, or staff removed it meanwhile.
    #[error("the comment cannot be restored")]
    NotRestorable,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Restores a comment that the caller found in the own trash: same id, text, label, likes and time (CMT-7).
pub fn restore_comment(uow: &mut dyn UnitOfWork, id: CommentId) -> Result<(), RestoreCommentError> {
    let Some(restored) = uow.comments().restore(id)? else {
        return Err(RestoreCommentError::NotRestorable);
    };
    uow.posts().bump_comments(restored.post_id, 1)?;
    match restored.parent_id {
        Some(parent) => Ok(uow.comments().bump_replies(parent, 1)?),
        None => Ok(()),
    }
}
