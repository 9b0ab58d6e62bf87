//! Acts of staff as JSON.

use crate::problem::{Problem, instant};
use crate::shapes::{BoardRef, UserSummary};
use crate::viewer::Viewer;
use madang_domain::audit::{ActView, ModerationAct};
use madang_domain::store::{StoreError, UnitOfWork};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An act. Who did it, to what and why is for staff, and for managers in their own boards.
#[derive(Serialize, ToSchema)]
#[schema(as = LogEntry)]
pub(crate) struct LogEntryResponse {
    id: Uuid,
    action: String,
    #[schema(required)]
    board: Option<BoardRef>,
    #[schema(required)]
    rule: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(required)]
    actor: Option<UserSummary>,
    #[schema(required)]
    target_type: Option<String>,
    #[schema(required)]
    target_id: Option<Uuid>,
    #[schema(required)]
    reason: Option<String>,
}

impl LogEntryResponse {
    pub(crate) fn new(act: ActView, viewer: &Viewer) -> Self {
        Self {
            id: act.id.into(),
            action: act.act,
            board: act.board.map(|board| BoardRef::new(board.id, board.name)),
            rule: act.rule,
            created_at: instant(act.at),
            actor: act.actor.as_ref().map(|actor| UserSummary::new(actor, viewer)),
            target_type: act.target_type,
            target_id: act.target,
            reason: act.reason,
        }
    }
}

/// An act that was just done, with what it was done to.
pub(crate) struct Logged {
    pub(crate) view: ActView,
    pub(crate) kind: &'static str,
    pub(crate) target: Uuid,
}

/// Reads an act of this unit as the log shows it.
pub(crate) fn logged(uow: &mut dyn UnitOfWork, act: &ModerationAct) -> Result<Logged, Problem> {
    let view = uow.audit().find_act(act.id)?;
    let view = view.ok_or_else(|| StoreError::internal("an act was not logged"))?;
    Ok(Logged { view, kind: act.target_type, target: act.target })
}
