//! Pictures of the demonstration: painted by numbers, so that they are nobody's.

mod scenes;

pub(super) use scenes::Scene;

use super::Stage;
use super::draw::Draw;
use crate::failure::Failure;
use madang_domain::ctx::Ctx;
use madang_domain::ids::BlobId;
use madang_domain::media::{
    AddUpload, AddUploadError, Gallery, ImageLimits, Purpose, WantedImage, add_upload,
};
use madang_media::png_of;

/// A picture to be in a post.
pub(super) struct Wanted {
    pub(super) scene: Scene,
    pub(super) caption: String,
}

/// Paints a picture and uploads it, as the one who will use it.
pub(super) fn add(
    stage: &Stage<'_>,
    gallery: &dyn Gallery,
    ctx: &Ctx,
    wanted: Wanted,
    draw: &mut Draw,
) -> Result<WantedImage, Failure> {
    let blob: BlobId = ctx.fresh();
    let policy = &ctx.policy.media;
    let limits = ImageLimits { max_bytes: policy.max_bytes, max_side: policy.max_side };
    let file = png_of(scenes::SIDES, scenes::paint(wanted.scene, draw))
        .ok_or_else(|| Failure::new("a demonstration picture does not fill its sides"))?;
    let taken = stage.runtime.block_on(gallery.take_in(blob, file, Purpose::Post, limits));
    let image = taken.map_err(|error| Failure::because("a demonstration picture", &error))?;
    let ctx = ctx.clone();
    let added: Result<_, AddUploadError> = stage.local.store().write_blocking(move |uow| {
        add_upload(uow, &ctx, AddUpload { blob, purpose: Purpose::Post, image }).map(|upload| upload.id)
    });
    let id = added.map_err(|error| Failure::because("a demonstration picture", &error))?;
    Ok(WantedImage { id, caption: Some(wanted.caption) })
}
