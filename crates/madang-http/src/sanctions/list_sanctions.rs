//! `GET /moderation/sanctions` (SAN-2)

use super::{KINDS, SCOPES, SanctionResponse};
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::sanctions::{SanctionFilter, SanctionKind, SanctionScope, list_sanctions};

const LIST: List = List::page(&[
    Filter::choice("kind", KINDS),
    Filter::choice("scope", SCOPES),
    Filter::bool("active"),
    Filter::time("starts_at"),
])
.fixed(&["-starts_at"]);

pub(crate) fn route() -> Route {
    Route::get("/moderation/sanctions", Who::student(), handle)
        .summary("List the sanctions of the own boards, or of the own school")
        .list(&LIST)
        .answers::<Page<SanctionResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let (query, viewer) = (call.list(&LIST), call.viewer());
    let page = call
        .read(query.clone(), |uow, ctx, query| {
            let filter = SanctionFilter {
                kinds: query.choices("kind", SanctionKind::from_word),
                scopes: query.choices("scope", SanctionScope::from_word),
                active: query.bool("active"),
                starts_at: query.times("starts_at"),
            };
            list_sanctions(uow, ctx, &filter, query.page())
        })
        .await?;
    call.reply().page(&query?, page.map(|seen| SanctionResponse::seen(seen, &viewer)))
}
