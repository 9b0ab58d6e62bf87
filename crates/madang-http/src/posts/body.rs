//! What the bodies of posts share.

use crate::extract::{Fields, value};
use madang_domain::media::WantedImage;
use madang_domain::text::TextRule;
use utoipa::ToSchema;
use uuid::Uuid;

/// The rule of captions.
const CAPTION_RULE: TextRule = TextRule::line(0, 100);

/// An upload put into a post.
#[derive(ToSchema)]
#[schema(as = PostImage)]
pub(super) struct ImageBody {
    upload_id: Uuid,
    #[schema(max_length = 100)]
    caption: Option<String>,
}

/// Reads `images`. Whether they may be used is judged by the use case.
pub(super) fn read_images(fields: &mut Fields<'_>) -> Option<Option<Vec<ImageBody>>> {
    let (policy, images_max) = (fields.policy(), fields.policy().posts.images_max);
    let image = value::object(policy, |fields| {
        let upload_id = fields.required("upload_id", value::id::<Uuid>);
        let caption = fields.nullable("caption", value::text(CAPTION_RULE));
        Some(ImageBody { upload_id: upload_id?, caption: caption?.flatten() })
    });
    fields.optional("images", value::list(images_max, image))
}

/// The images as the use case wants them; an empty caption says nothing.
pub(super) fn into_wanted(images: Vec<ImageBody>) -> Vec<WantedImage> {
    let wanted = |ImageBody { upload_id, caption }| WantedImage {
        id: upload_id.into(),
        caption: caption.filter(|caption| !caption.is_empty()),
    };
    images.into_iter().map(wanted).collect()
}
