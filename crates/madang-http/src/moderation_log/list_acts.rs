//! `GET /moderation/log` (LOG-2)

use super::LogEntryResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Feed;
use crate::reports::REASONS;
use crate::route::Route;
use madang_domain::audit::{ActFilter, list_acts};
use madang_domain::filters::OneOf;
use madang_domain::posts::ReportReason;

/// The words of acts that may stand in the log.
const ACTIONS: &[&str] = &[
    "appeal_overturned",
    "appeal_upheld",
    "ban_given",
    "board_created",
    "board_edited",
    "board_deleted",
    "board_restored",
    "board_transferred",
    "comment_dismissed",
    "comment_removed",
    "comment_restored",
    "comment_warned",
    "identity_revealed",
    "post_dismissed",
    "post_removed",
    "post_restored",
    "post_warned",
    "restriction_given",
    "sanction_lifted",
    "school_created",
    "school_edited",
    "school_deleted",
    "user_dismissed",
    "user_warned",
    "warning_given",
];

const LIST: List = List::feed(&[
    Filter::choice("action", ACTIONS),
    Filter::id("board"),
    Filter::choice("rule", REASONS),
    Filter::time("created_at"),
]);

pub(crate) fn route() -> Route {
    Route::get("/moderation/log", Who::student(), handle)
        .summary("List what staff did in the own school")
        .list(&LIST)
        .answers::<Feed<LogEntryResponse>>(200)
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
