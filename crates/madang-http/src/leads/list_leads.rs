//! `GET /leads`

use super::response::LeadResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::leads::{LeadFilter, LeadKey, LeadQuery};
use madang_domain::paging::OrderBy;

const LIST: List = List::page(&[Filter::text("name"), Filter::text("email"), Filter::time("created_at")])
    .ordered(&["-created_at", "created_at", "name"]);

pub(crate) fn route() -> Route {
    Route::get("/leads", Who::guest(), handle)
        .summary("List the own leads")
        .list(&LIST)
        .answers::<Page<LeadResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| uow.leads().list(ctx.actor.user, &lead_query(query)))
        .await?;
    call.reply().page(&query?, page.map(|lead| LeadResponse::new(&lead)))
}

fn lead_query(query: &ListQuery) -> LeadQuery {
    let filter = LeadFilter {
        name: query.texts("name"),
        email: query.texts("email"),
        created_at: query.times("created_at"),
    };
    let key = |field| if field == "name" { LeadKey::Name } else { LeadKey::CreatedAt };
    let order = query
        .order()
        .iter()
        .map(|step| OrderBy { key: key(step.field), descending: step.descending })
        .collect();
    LeadQuery { filter, order, request: query.page() }
}
