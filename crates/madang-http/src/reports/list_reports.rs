//! `GET /reports`

use super::{REPORTABLE, ReportResponse, reportable};
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::reports::{ReportFilter, ReportStatus, list_own_reports};

const LIST: List = List::page(&[
    Filter::choice("status", &["open", "upheld", "dismissed"]),
    Filter::choice("target_type", REPORTABLE),
])
.ordered(&["-created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/reports", Who::student(), handle)
        .summary("List the own reports")
        .list(&LIST)
        .answers::<Page<ReportResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| {
            let filter = ReportFilter {
                statuses: query.choices("status", ReportStatus::from_word),
                kinds: query.choices("target_type", reportable),
            };
            list_own_reports(uow, ctx, &filter, query.page())
        })
        .await?;
    call.reply().page(&query?, page.map(|report| ReportResponse::new(&report)))
}
