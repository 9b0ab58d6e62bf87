//! Appeals as JSON.

use crate::problem::instant;
use madang_domain::appeals::Appeal;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An appeal. Whose it is only the sanction tells, to those who may know.
#[derive(Serialize, ToSchema)]
#[schema(as = Appeal)]
pub(crate) struct AppealResponse {
    id: Uuid,
    sanction_id: Uuid,
    contents: String,
    /// `open`, `upheld` (the sanction stands) or `overturned` (it is lifted).
    status: &'static str,
    #[schema(required)]
    note: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(required, format = DateTime)]
    decided_at: Option<String>,
}

impl AppealResponse {
    pub(crate) fn new(appeal: Appeal) -> Self {
        Self {
            id: appeal.id.into(),
            sanction_id: appeal.sanction.into(),
            contents: appeal.contents,
            status: appeal.status.as_str(),
            note: appeal.note,
            created_at: instant(appeal.created_at),
            decided_at: appeal.decided_at.map(instant),
        }
    }
}
