//! An upload as JSON.

use crate::problem::instant;
use crate::viewer::Viewer;
use madang_domain::media::{Upload, Variant};
use madang_domain::policy::MediaPolicy;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A picture that waits to be used.
#[derive(Serialize, ToSchema)]
#[schema(as = Upload)]
pub(super) struct UploadResponse {
    id: Uuid,
    /// `post` or `profile`.
    purpose: &'static str,
    /// Of what is kept, which is encoded anew: `image/jpeg` or `image/png`.
    content_type: &'static str,
    width: u32,
    height: u32,
    bytes: u64,
    url: String,
    thumb_url: String,
    /// When it is erased, unless something uses it by then.
    #[schema(format = DateTime)]
    expires_at: String,
}

impl UploadResponse {
    pub(super) fn new(upload: &Upload, policy: &MediaPolicy, viewer: &Viewer) -> Self {
        Self {
            id: upload.id.into(),
            purpose: upload.purpose.as_str(),
            content_type: upload.image.kind.content_type(),
            width: upload.image.width,
            height: upload.image.height,
            bytes: upload.image.bytes,
            url: viewer.media_url(upload.id, Variant::Full),
            thumb_url: viewer.media_url(upload.id, Variant::Thumb),
            expires_at: instant(upload.expires_at(policy)),
        }
    }
}
