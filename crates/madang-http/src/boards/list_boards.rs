//! `GET /boards`

use super::BoardItemResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::boards::{BoardCategory, BoardFilter, BoardKey, BoardQuery};
use madang_domain::paging::OrderBy;
use madang_domain::store::StoreError;

/// The words of categories.
pub(crate) const CATEGORIES: &[&str] = &["basic", "department", "career", "promotion", "group"];

const LIST: List = List::page(&[
    Filter::text("name"),
    Filter::choice("category", CATEGORIES),
    Filter::id("school"),
    Filter::bool("is_favourite"),
    Filter::bool("guest_readable"),
])
.ordered(&["name", "created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/boards", Who::guest(), handle)
        .summary("List the boards of the own school")
        .list(&LIST)
        .answers::<Page<BoardItemResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| {
            let page = uow.boards().list(&ctx.actor, &board_query(query))?;
            Ok::<_, StoreError>(page.map(|board| BoardItemResponse::new(&board, ctx)))
        })
        .await?;
    call.reply().page(&query?, page)
}

fn board_query(query: &ListQuery) -> BoardQuery {
    let filter = BoardFilter {
        name: query.texts("name"),
        category: query.choices("category", BoardCategory::from_word),
        school: query.ids("school"),
        is_favourite: query.bool("is_favourite"),
        guest_readable: query.bool("guest_readable"),
    };
    BoardQuery { filter, order: order(query), request: query.page() }
}

/// The order of every list of boards.
pub(crate) fn order(query: &ListQuery) -> Vec<OrderBy<BoardKey>> {
    let key = |field| match field {
        "created_at" => BoardKey::CreatedAt,
        _ => BoardKey::Name,
    };
    query.order().iter().map(|step| OrderBy { key: key(step.field), descending: step.descending }).collect()
}
