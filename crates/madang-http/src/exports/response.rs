//! An export as its owner sees it.

use crate::problem::instant;
use madang_domain::ctx::Timestamp;
use madang_domain::exports::{Export, ExportState};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An export of the own data.
#[derive(Serialize, ToSchema)]
#[schema(as = Export)]
pub(super) struct ExportResponse {
    id: Uuid,
    /// `running`, `ready`, `failed` or `expired`.
    status: &'static str,
    #[schema(format = DateTime)]
    created_at: String,
    /// When the file is erased, once there is one.
    #[schema(required, format = DateTime)]
    expires_at: Option<String>,
    #[schema(required)]
    bytes: Option<i64>,
}

impl ExportResponse {
    pub(super) fn new(export: &Export, now: Timestamp) -> Self {
        let (expires_at, bytes) = match &export.state {
            ExportState::Made { bytes, expires_at, .. } => (Some(instant(*expires_at)), Some(*bytes)),
            ExportState::Running | ExportState::Failed => (None, None),
        };
        Self {
            id: export.id.into(),
            status: export.status(now).as_str(),
            created_at: instant(export.created_at),
            expires_at,
            bytes,
        }
    }
}
