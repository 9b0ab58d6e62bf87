//! Sanctions as JSON.

use crate::appeals::AppealResponse;
use crate::problem::{Problem, instant};
use crate::shapes::{Author, BoardRef, Cannot, UserSummary, cannot};
use crate::viewer::Viewer;
use madang_domain::ctx::Timestamp;
use madang_domain::permissions::Permission;
use madang_domain::sanctions::{OwnSanction, Sanction, SeenSanction};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A sanction.
#[derive(Serialize, ToSchema)]
#[schema(as = Sanction)]
pub(crate) struct SanctionResponse {
    id: Uuid,
    /// `warning`, `restriction` or `ban`.
    kind: &'static str,
    /// `site` or `board`.
    scope: &'static str,
    #[schema(required)]
    board: Option<BoardRef>,
    rule: &'static str,
    reason: String,
    /// The text that it was given for, until that is erased.
    #[schema(required)]
    evidence: Option<String>,
    #[schema(format = DateTime)]
    starts_at: String,
    #[schema(required, format = DateTime)]
    ends_at: Option<String>,
    #[schema(required, format = DateTime)]
    lifted_at: Option<String>,
    #[schema(format = DateTime)]
    appeal_until: String,
    #[schema(required)]
    appeal: Option<AppealResponse>,
    /// For staff only: the label, when it was given through an anonymous item.
    #[schema(required)]
    subject: Option<Author>,
    /// For staff only.
    #[schema(required)]
    issuer: Option<UserSummary>,
    can: SanctionCan,
    cannot: Cannot,
}

/// What this caller may do about a sanction.
#[derive(Serialize, ToSchema)]
struct SanctionCan {
    appeal: bool,
    lift: bool,
}

impl SanctionResponse {
    /// As its subject sees it.
    pub(crate) fn own(own: OwnSanction) -> Self {
        Self::new(own.sanction, own.appeal_until, own.appeal, own.lift)
    }

    /// As staff see it; whoever is sanctioned is not told by whom, staff or not.
    pub(crate) fn seen(seen: SeenSanction, viewer: &Viewer) -> Self {
        let SeenSanction { staff, appeal_until, appeal, lift } = seen;
        let told = !staff.is_mine;
        let issuer = staff.issuer_summary.as_ref().map(|issuer| UserSummary::new(issuer, viewer));
        Self {
            subject: told.then(|| Author::new(&staff.author, staff.is_post_author, viewer)),
            issuer: issuer.filter(|_| told),
            ..Self::new(staff.sanction, appeal_until, appeal, lift)
        }
    }

    /// The same as a member of a problem.
    pub(crate) fn to_json(&self) -> Result<serde_json::Value, Problem> {
        serde_json::to_value(self).map_err(Problem::internal)
    }

    fn new(sanction: Sanction, appeal_until: Timestamp, appeal: Permission, lift: Permission) -> Self {
        Self {
            id: sanction.id.into(),
            kind: sanction.kind.as_str(),
            scope: sanction.scope().as_str(),
            board: sanction.board.map(|board| BoardRef::new(board.id, board.name)),
            rule: sanction.rule.as_str(),
            reason: sanction.reason,
            evidence: sanction.evidence,
            starts_at: instant(sanction.starts_at),
            ends_at: sanction.ends_at.map(instant),
            lifted_at: sanction.lifted_at.map(instant),
            appeal_until: instant(appeal_until),
            appeal: sanction.appeal.map(AppealResponse::new),
            subject: None,
            issuer: None,
            can: SanctionCan { appeal: appeal.is_ok(), lift: lift.is_ok() },
            cannot: cannot([("appeal", appeal), ("lift", lift)]),
        }
    }
}
