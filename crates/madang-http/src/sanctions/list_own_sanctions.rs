//! `GET /me/sanctions` (SAN-3)

use super::{KINDS, SanctionResponse};
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::sanctions::{SanctionFilter, SanctionKind, list_own_sanctions};

const LIST: List =
    List::page(&[Filter::bool("active"), Filter::choice("kind", KINDS)]).fixed(&["-starts_at"]);

pub(crate) fn route() -> Route {
    Route::get("/me/sanctions", Who::guest(), handle)
        .summary("List the own sanctions")
        .list(&LIST)
        .answers::<Page<SanctionResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| {
            let filter = SanctionFilter {
                kinds: query.choices("kind", SanctionKind::from_word),
                active: query.bool("active"),
                ..SanctionFilter::default()
            };
            list_own_sanctions(uow, ctx, &filter, query.page())
        })
        .await?;
    call.reply().page(&query?, page.map(SanctionResponse::own))
}
