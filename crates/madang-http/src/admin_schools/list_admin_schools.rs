//! `GET /admin/schools`

use super::response::AdminSchoolResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use crate::schools::{filter, order};
use madang_domain::schools::SchoolQuery;

const LIST: List =
    List::page(&[Filter::text("name"), Filter::bool("is_open")]).ordered(&["name", "-created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/admin/schools", Who::admin(), handle)
        .summary("List the schools with their terms")
        .list(&LIST)
        .answers::<Page<AdminSchoolResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, _, query| {
            let request = query.page();
            uow.schools().list_with_terms(&SchoolQuery {
                filter: filter(query),
                order: order(query),
                request,
            })
        })
        .await?;
    call.reply().page(&query?, page.map(|found| AdminSchoolResponse::new(&found)))
}
