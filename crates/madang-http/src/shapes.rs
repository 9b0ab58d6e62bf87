//! Shapes that several features answer.

use madang_domain::ids::{BoardId, SchoolId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A school, named.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct SchoolRef {
    id: Uuid,
    name: String,
}

/// A board, named.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct BoardRef {
    id: Uuid,
    name: String,
}

/// That a request was taken up and goes on elsewhere.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Accepted {
    /// What happens next, in the language of the answer.
    detail: String,
}

impl SchoolRef {
    pub(crate) fn new(id: SchoolId, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into() }
    }
}

impl BoardRef {
    pub(crate) fn new(id: BoardId, name: impl Into<String>) -> Self {
        Self { id: id.into(), name: name.into() }
    }
}

impl Accepted {
    pub(crate) fn new(language: madang_domain::language::Language) -> Self {
        Self { detail: crate::texts::text(language, "accepted") }
    }
}
