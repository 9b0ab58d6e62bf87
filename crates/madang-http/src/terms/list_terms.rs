//! `GET /terms`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use crate::schools::TermShape;
use madang_domain::schools::{Semester, TermFilter, TermOrder, TermQuery};

const LIST: List =
    List::page(&[Filter::number("year"), Filter::choice("semester", &["1", "summer", "2", "winter"])])
        .ordered(&["-starts_on", "starts_on"]);

pub(crate) fn route() -> Route {
    Route::get("/terms", Who::student(), handle)
        .summary("List the terms of the own school")
        .list(&LIST)
        .answers::<Page<TermShape>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| uow.schools().list_terms(ctx.actor.school, &term_query(query)))
        .await?;
    call.reply().page(&query?, page.map(|term| TermShape::new(&term)))
}

fn term_query(query: &ListQuery) -> TermQuery {
    let descending = query.order().first().is_none_or(|step| step.descending);
    TermQuery {
        filter: TermFilter {
            year: query.numbers("year"),
            semester: query.choices("semester", Semester::from_word),
        },
        order: if descending { TermOrder::LatestFirst } else { TermOrder::EarliestFirst },
        request: query.page(),
    }
}
