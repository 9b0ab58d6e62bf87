//! `GET /moderation/cases` (RPT-6)

use super::{CaseResponse, REASONS, REPORTABLE, reportable};
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::filters::OneOf;
use madang_domain::paging::OrderBy;
use madang_domain::posts::ReportReason;
use madang_domain::reports::{CaseFilter, CaseKey, CaseQuery, list_cases};

const LIST: List = List::page(&[
    Filter::choice("status", &["open", "decided"]),
    Filter::choice("target_type", REPORTABLE),
    Filter::id("board"),
    Filter::choice("reason", REASONS),
    Filter::time("opened_at"),
])
.ordered(&["-priority", "opened_at"]);

pub(crate) fn route() -> Route {
    Route::get("/moderation/cases", Who::student(), handle)
        .summary("List the cases of the own boards, or of the own school")
        .list(&LIST)
        .answers::<Page<CaseResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let (query, viewer) = (call.list(&LIST), call.viewer());
    let page = call.read(query.clone(), |uow, ctx, query| list_cases(uow, ctx, &case_query(query))).await?;
    call.reply().page(&query?, page.map(|case| CaseResponse::new(&case, &viewer)))
}

fn case_query(query: &ListQuery) -> CaseQuery {
    let open = query.choices("status", |word| Some(word == "open"));
    let filter = CaseFilter {
        // Both words together leave nothing out.
        open: open.and_then(|OneOf(open)| match (open.contains(&true), open.contains(&false)) {
            (true, true) | (false, false) => None,
            (open, _) => Some(open),
        }),
        kinds: query.choices("target_type", reportable),
        boards: query.ids("board"),
        reasons: query.choices("reason", ReportReason::from_word),
        opened_at: query.times("opened_at"),
    };
    let key = |field| if field == "priority" { CaseKey::Priority } else { CaseKey::OpenedAt };
    let order = query
        .order()
        .iter()
        .map(|step| OrderBy { key: key(step.field), descending: step.descending })
        .collect();
    CaseQuery { filter, order, request: query.page() }
}
