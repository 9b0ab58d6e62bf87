//! Which images stand in a post, in which order.

use super::{PostImage, Purpose};
use crate::ctx::Ctx;
use crate::ids::{MediaId, PostId};
use crate::posts::holds_word;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;

/// An image that an author wants in a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedImage {
    /// The upload; in an edit also an image that is in the post already.
    pub id: MediaId,
    /// What to say about it; one line.
    pub caption: Option<String>,
}

/// What the wanted images come to.
pub(crate) struct Arranged {
    /// The images in order.
    pub(crate) images: Vec<PostImage>,
    /// The captions that are new.
    pub(crate) captions: Vec<String>,
    /// Those of them that are to be attached.
    fresh: Vec<MediaId>,
    /// Those that were in the post and are not wanted any more.
    dropped: Vec<MediaId>,
}

/// Judges `wanted` for a post that has the images `present` (MED-2), and the captions that are new (POST-14). The refusals
/// name fields of the body.
pub(crate) fn arrange(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    present: &[PostImage],
    wanted: &[WantedImage],
) -> Result<Result<Arranged, Vec<(String, FieldError)>>, StoreError> {
    let fresh: Vec<_> =
        wanted.iter().map(|it| it.id).filter(|id| present.iter().all(|it| it.id != *id)).collect();
    let uploads = match fresh.as_slice() {
        [] => Vec::new(),
        ids => uow.media().list_unattached(ctx.actor.user, Purpose::Post, ids)?,
    };
    let refused_words = &ctx.policy.moderation.refused_words;
    let (mut images, mut captions, mut refused) = (Vec::with_capacity(wanted.len()), Vec::new(), Vec::new());
    for (n, WantedImage { id, caption }) in wanted.iter().enumerate() {
        let known = present.iter().chain(&uploads).find(|image| image.id == *id);
        // Only what changes is judged: a word that came later does not lock an old caption.
        let is_old = known.is_some_and(|image| image.caption == *caption);
        if let Some(caption) = caption.as_ref().filter(|_| !is_old) {
            if holds_word(caption, refused_words) {
                refused.push((format!("images.{n}.caption"), FieldError::Filtered));
            }
            captions.push(caption.clone());
        }
        let code = match known {
            _ if wanted.iter().take(n).any(|earlier| earlier.id == *id) => FieldError::Duplicate,
            None => FieldError::NotFound,
            Some(image) => {
                images.push(PostImage { caption: caption.clone(), ..image.clone() });
                continue;
            }
        };
        refused.push((format!("images.{n}.upload_id"), code));
    }
    if !refused.is_empty() {
        return Ok(Err(refused));
    }
    let is_wanted = |image: &PostImage| wanted.iter().any(|it| it.id == image.id);
    let dropped = present.iter().filter(|image| !is_wanted(image)).map(|image| image.id).collect();
    Ok(Ok(Arranged { images, captions, fresh, dropped }))
}

impl Arranged {
    /// Brings the pictures of the stored `post` to their places.
    pub(crate) fn carry_out(
        &self,
        uow: &mut dyn UnitOfWork,
        ctx: &Ctx,
        post: PostId,
    ) -> Result<(), StoreError> {
        if !self.fresh.is_empty() {
            uow.media().attach(&self.fresh, post)?;
        }
        if !self.dropped.is_empty() {
            uow.media().drop_images(&self.dropped, ctx.now)?;
        }
        Ok(())
    }
}
