//! `GET /admin/audit-log` (LOG-3)

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::{Problem, instant};
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::audit::{AuditAction, AuditEntry, AuditFilter};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The words of every kind.
const KINDS: &[&str] = &{
    let mut words = [""; AuditAction::ALL.len()];
    let mut n = 0;
    while n < words.len() {
        words[n] = AuditAction::ALL[n].as_str();
        n += 1;
    }
    words
};

const LIST: List =
    List::feed(&[Filter::choice("kind", KINDS), Filter::id("user_id"), Filter::time("created_at")]);

pub(crate) fn route() -> Route {
    Route::get("/admin/audit-log", Who::admin(), handle)
        .summary("List security events")
        .list(&LIST)
        .answers::<Feed<AuditEntryResponse>>(200)
}

/// A security event; it holds no secret and no address.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditEntry)]
struct AuditEntryResponse {
    id: Uuid,
    kind: &'static str,
    /// The user it is about.
    #[schema(required)]
    user_id: Option<Uuid>,
    /// The session it is about, where it is about one.
    #[schema(required)]
    session_id: Option<Uuid>,
    /// Where it came from, where that is kept.
    #[schema(required)]
    address_prefix: Option<String>,
    detail: AuditDetail,
    #[schema(format = DateTime)]
    created_at: String,
}

/// Who did it, why, and what else there is to know.
#[derive(Serialize, ToSchema)]
struct AuditDetail {
    /// Null for the operator, the clock and strangers.
    #[schema(required)]
    actor_id: Option<Uuid>,
    #[schema(required)]
    reason: Option<String>,
    #[schema(required)]
    note: Option<String>,
}

impl From<AuditEntry> for AuditEntryResponse {
    fn from(entry: AuditEntry) -> Self {
        Self {
            id: entry.id.into(),
            kind: entry.action.as_str(),
            user_id: entry.subject.map(Into::into),
            session_id: None,
            address_prefix: None,
            detail: AuditDetail {
                actor_id: entry.actor.map(Into::into),
                reason: entry.reason,
                note: entry.detail,
            },
            created_at: instant(entry.at),
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let feed = call
        .read(query.clone(), |uow, _, query| uow.audit().list_events(&audit_filter(query), &query.feed()))
        .await?;
    Ok(call.reply().feed(&query?, feed.map(AuditEntryResponse::from)))
}

fn audit_filter(query: &ListQuery) -> AuditFilter {
    AuditFilter {
        actions: query.choices("kind", AuditAction::from_word),
        subjects: query.ids("user_id"),
        at: query.times("created_at"),
    }
}
