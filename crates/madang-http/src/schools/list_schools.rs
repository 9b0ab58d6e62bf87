//! `GET /schools`

use super::SchoolResponse;
use crate::answer::Answer;
use crate::call::Visit;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::{Route, Visitor};
use madang_domain::paging::OrderBy;
use madang_domain::schools::{SchoolFilter, SchoolKey, SchoolQuery};

const LIST: List = List::page(&[Filter::text("name"), Filter::bool("is_open")]).ordered(&["name"]);

pub(crate) fn route() -> Route {
    Route::get("/schools", Visitor, handle)
        .summary("List the schools")
        .list(&LIST)
        .answers::<Page<SchoolResponse>>(200)
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    let query = visit.list(&LIST);
    let page = visit
        .read(query.clone(), |uow, _, query| {
            let request = query.page();
            uow.schools().list(&SchoolQuery { filter: filter(query), order: order(query), request })
        })
        .await?;
    visit.reply().page(&query?, page.map(|school| SchoolResponse::new(&school)))
}

/// The filters of every list of schools.
pub(crate) fn filter(query: &ListQuery) -> SchoolFilter {
    SchoolFilter { name: query.texts("name"), is_open: query.bool("is_open") }
}

/// The order of every list of schools.
pub(crate) fn order(query: &ListQuery) -> Vec<OrderBy<SchoolKey>> {
    let key = |field| match field {
        "created_at" => SchoolKey::CreatedAt,
        _ => SchoolKey::Name,
    };
    query.order().iter().map(|step| OrderBy { key: key(step.field), descending: step.descending }).collect()
}
