//! Boards as staff see them.

use crate::boards::{BoardFlagsShape, CategoryShape};
use crate::problem::instant;
use crate::shapes::{SchoolRef, UserSummary};
use crate::viewer::Viewer;
use madang_domain::boards::StaffBoardView;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A board, deleted or not; no moving counters, so that its tag changes by edits only.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminBoard)]
pub(super) struct AdminBoardResponse {
    id: Uuid,
    name: String,
    description: String,
    category: CategoryShape,
    school: SchoolRef,
    #[serde(flatten)]
    flags: BoardFlagsShape,
    #[schema(required)]
    manager: Option<UserSummary>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    #[schema(required, format = DateTime)]
    deleted_at: Option<String>,
}

impl AdminBoardResponse {
    pub(super) fn new(view: &StaffBoardView, viewer: &Viewer) -> Self {
        let board = &view.board;
        Self {
            id: board.id.into(),
            name: board.name.clone(),
            description: board.description.clone(),
            category: board.category.into(),
            school: SchoolRef::new(view.school.id, view.school.name.as_str()),
            flags: board.flags.into(),
            manager: view.manager.as_ref().map(|manager| UserSummary::new(manager, viewer)),
            created_at: instant(board.created_at),
            updated_at: instant(board.updated_at),
            deleted_at: view.deleted_at.map(instant),
        }
    }
}
