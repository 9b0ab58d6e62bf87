//! Showing a picture.

use super::{MediaFile, MediaPlace};
use crate::ctx::Ctx;
use crate::ids::MediaId;
use crate::permissions::Denial;
use crate::posts::{FindPostError, find_post};
use crate::store::{StoreError, UnitOfWork};
use crate::visibility::Sight;

/// Why a picture is not shown.
#[derive(Debug, thiserror::Error)]
pub enum FindMediaError {
    /// No such picture for this viewer.
    #[error("no such picture")]
    NotFound,
    /// A guest, and the board of the post is closed to guests.
    #[error("the caller may not see it")]
    Denied(Denial),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The picture, if the caller sees what it belongs to at this moment (MED-4).
pub fn find_media(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: MediaId) -> Result<MediaFile, FindMediaError> {
    let Some(file) = uow.media().find(id)? else { return Err(FindMediaError::NotFound) };
    let is_visible = match file.place {
        MediaPlace::Upload { owner } => owner == ctx.actor.user,
        MediaPlace::Post(post) => match find_post(uow, ctx, post) {
            Ok(seen) => seen.sight == Sight::Whole,
            Err(FindPostError::NotFound) => false,
            Err(FindPostError::Denied(denial)) => return Err(FindMediaError::Denied(denial)),
            Err(FindPostError::Store(error)) => return Err(error.into()),
        },
        MediaPlace::Profile { school, is_live, .. } => {
            is_live && (ctx.actor.is_admin() || ctx.actor.school == school)
        }
    };
    if is_visible { Ok(file) } else { Err(FindMediaError::NotFound) }
}
