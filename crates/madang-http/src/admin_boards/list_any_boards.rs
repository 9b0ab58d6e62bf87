//! `GET /admin/boards`

use super::response::AdminBoardResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::boards::{CATEGORIES, order};
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::boards::{BoardCategory, StaffBoardFilter, StaffBoardQuery};

const LIST: List = List::page(&[
    Filter::id("school"),
    Filter::text("name"),
    Filter::choice("category", CATEGORIES),
    Filter::bool("is_deleted"),
])
.ordered(&["name", "-created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/admin/boards", Who::moderator(), handle)
        .summary("List boards, deleted ones included")
        .list(&LIST)
        .answers::<Page<AdminBoardResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| uow.boards().list_for_staff(&ctx.actor, &board_query(query)))
        .await?;
    let viewer = call.viewer();
    call.reply().page(&query?, page.map(|view| AdminBoardResponse::new(&view, &viewer)))
}

fn board_query(query: &ListQuery) -> StaffBoardQuery {
    let filter = StaffBoardFilter {
        name: query.texts("name"),
        category: query.choices("category", BoardCategory::from_word),
        school: query.ids("school"),
        is_deleted: query.bool("is_deleted"),
    };
    StaffBoardQuery { filter, order: order(query), request: query.page() }
}
