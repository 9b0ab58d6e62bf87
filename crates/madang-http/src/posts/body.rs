//! What the bodies of posts share.

use crate::extract::{Fields, value};
use madang_domain::text::{FieldError, TextRule};
use utoipa::ToSchema;
use uuid::Uuid;

/// The rule of captions.
const CAPTION_RULE: TextRule = TextRule::line(0, 100);

/// An upload put into a post.
#[derive(ToSchema)]
#[schema(as = PostImage)]
#[expect(dead_code, reason = "documents the body; nothing can be uploaded yet, so none is ever taken")]
pub(super) struct ImageBody {
    upload_id: Uuid,
    #[schema(max_length = 100)]
    caption: Option<String>,
}

/// Reads `images`. There are no uploads yet, so that every image names one that does not exist (MED-2).
pub(super) fn refuse_images(fields: &mut Fields<'_>) {
    let images_max = fields.policy().posts.images_max;
    let policy = fields.policy().clone();
    let image = value::object(&policy, |fields| {
        let upload_id = fields.required("upload_id", value::id::<Uuid>);
        fields.nullable("caption", value::text(CAPTION_RULE));
        upload_id
    });
    let Some(Some(uploads)) = fields.optional("images", value::list(images_max, image)) else { return };
    for (n, upload) in uploads.iter().enumerate() {
        let code = if uploads.iter().take(n).any(|earlier| earlier == upload) {
            FieldError::Duplicate
        } else {
            FieldError::NotFound
        };
        fields.refuse::<()>(&format!("images.{n}.upload_id"), code);
    }
}
