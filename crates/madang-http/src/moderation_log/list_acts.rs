//! `GET /moderation/log` (LOG-2)

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::{Problem, instant};
use crate::reply::Feed;
use crate::route::Route;
use crate::shapes::{BoardRef, UserSummary};
use crate::viewer::Viewer;
use madang_domain::audit::{ActFilter, ActView, list_acts};
use madang_domain::filters::OneOf;
use madang_domain::posts::ReportReason;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The words of acts that may stand in the log.
const ACTIONS: &[&str] = &[
    "board_created",
    "board_edited",
    "board_deleted",
    "board_restored",
    "board_transferred",
    "school_created",
    "school_edited",
    "school_deleted",
];

const RULES: &[&str] = &[
    "off_topic",
    "abuse",
    "sexual",
    "advertising",
    "fraud_or_impersonation",
    "personal_info",
    "spam",
    "illegal_content",
    "self_harm",
];

const LIST: List = List::feed(&[
    Filter::choice("action", ACTIONS),
    Filter::id("board"),
    Filter::choice("rule", RULES),
    Filter::time("created_at"),
]);

pub(crate) fn route() -> Route {
    Route::get("/moderation/log", Who::student(), handle)
        .summary("List what staff did in the own school")
        .list(&LIST)
        .answers::<Feed<LogEntryResponse>>(200)
}

/// An act. Who did it, to what and why is for staff, and for managers in their own boards.
#[derive(Serialize, ToSchema)]
#[schema(as = LogEntry)]
struct LogEntryResponse {
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
    fn new(act: ActView, viewer: &Viewer) -> Self {
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

async fn handle(call: Call) -> Result<Answer, Problem> {
    let (query, viewer) = (call.list(&LIST), call.viewer());
    let feed = call
        .read(query.clone(), |uow, ctx, query| list_acts(uow, ctx, &act_filter(query), &query.feed()))
        .await?;
    Ok(call.reply().feed(&query?, feed.map(|act| LogEntryResponse::new(act, &viewer))))
}

fn act_filter(query: &ListQuery) -> ActFilter {
    let rules = query.choices("rule", ReportReason::from_word);
    ActFilter {
        acts: query.choices("action", |word| ACTIONS.iter().copied().find(|known| *known == word)),
        boards: query.ids("board"),
        rules: rules.map(|OneOf(rules)| OneOf(rules.into_iter().map(ReportReason::as_str).collect())),
        at: query.times("created_at"),
    }
}
