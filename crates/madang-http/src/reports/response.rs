//! Reports and cases as JSON.

use crate::problem::instant;
use crate::removals::state_word;
use crate::shapes::{Author, BoardRef, Cannot, cannot};
use crate::viewer::Viewer;
use madang_domain::reports::{Outcome, Report, SeenCase};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// An own report.
#[derive(Serialize, ToSchema)]
#[schema(as = Report)]
pub(crate) struct ReportResponse {
    id: Uuid,
    target_type: &'static str,
    target_id: Uuid,
    reason: &'static str,
    #[schema(required)]
    detail: Option<String>,
    status: &'static str,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(required, format = DateTime)]
    decided_at: Option<String>,
}

impl ReportResponse {
    pub(crate) fn new(report: &Report) -> Self {
        Self {
            id: report.id.into(),
            target_type: report.kind.as_str(),
            target_id: report.target,
            reason: report.reason.as_str(),
            detail: report.detail.clone(),
            status: report.status.as_str(),
            created_at: instant(report.created_at),
            decided_at: report.decided_at.map(instant),
        }
    }
}

/// What is said of one target, and what staff decided. Who said it is not in it.
#[derive(Serialize, ToSchema)]
#[schema(as = ModerationCase)]
pub(crate) struct CaseResponse {
    id: Uuid,
    target_type: &'static str,
    target_id: Uuid,
    #[schema(required)]
    board: Option<BoardRef>,
    /// `open` or `decided`.
    status: &'static str,
    /// The higher, the earlier it should be looked at.
    priority: i64,
    report_count: i64,
    /// How many reports have which reason.
    reasons: BTreeMap<&'static str, i64>,
    /// The label, when the target is anonymous.
    author: Author,
    /// What the target said when it was first reported; empty once it is erased.
    snapshot: String,
    item_state: &'static str,
    /// `dismiss`, `remove` or `warn`.
    #[schema(required)]
    outcome: Option<&'static str>,
    #[schema(required)]
    note: Option<String>,
    #[schema(format = DateTime)]
    opened_at: String,
    #[schema(required, format = DateTime)]
    decided_at: Option<String>,
    can: CaseCan,
    cannot: Cannot,
}

/// What this caller may do with a case.
#[derive(Serialize, ToSchema)]
#[schema(as = ModerationCaseCan)]
struct CaseCan {
    decide: bool,
}

impl CaseResponse {
    pub(crate) fn new(seen: &SeenCase, viewer: &Viewer) -> Self {
        let SeenCase { case, decide } = seen;
        let mut reasons = BTreeMap::new();
        for reason in &case.reasons {
            *reasons.entry(reason.as_str()).or_default() += 1;
        }
        Self {
            id: case.id.into(),
            target_type: case.kind.as_str(),
            target_id: case.target,
            board: case.board.as_ref().map(|board| BoardRef::new(board.id, board.name.clone())),
            status: if case.decided_at.is_some() { "decided" } else { "open" },
            priority: case.priority,
            report_count: case.report_count,
            reasons,
            author: Author::new(&case.author, case.is_post_author, viewer),
            snapshot: case.snapshot.clone(),
            item_state: state_word(case.item_state),
            outcome: case.outcome.map(Outcome::as_str),
            note: case.note.clone(),
            opened_at: instant(case.opened_at),
            decided_at: case.decided_at.map(instant),
            can: CaseCan { decide: decide.is_ok() },
            cannot: cannot([("decide", *decide)]),
        }
    }
}
