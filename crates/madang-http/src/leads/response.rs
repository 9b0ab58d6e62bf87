//! A lead as its owner sees it.

use crate::problem::instant;
use madang_domain::leads::Lead;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An own contact.
#[derive(Serialize, ToSchema)]
#[schema(as = Lead)]
pub(super) struct LeadResponse {
    id: Uuid,
    name: String,
    email: String,
    #[schema(required)]
    message: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

impl LeadResponse {
    pub(super) fn new(lead: &Lead) -> Self {
        Self {
            id: lead.id.into(),
            name: lead.name.clone(),
            email: lead.email.as_str().to_owned(),
            message: lead.message.clone(),
            created_at: instant(lead.created_at),
            updated_at: instant(lead.updated_at),
        }
    }
}
