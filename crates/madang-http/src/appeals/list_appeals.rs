//! `GET /moderation/appeals` (SAN-4)

use super::AppealResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::appeals::{AppealStatus, list_appeals};

const LIST: List =
    List::page(&[Filter::choice("status", &["open", "upheld", "overturned"])]).fixed(&["created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/moderation/appeals", Who::moderator(), handle)
        .summary("List the appeals of the own school")
        .list(&LIST)
        .answers::<Page<AppealResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| {
            let statuses = query.choices("status", AppealStatus::from_word);
            list_appeals(uow, ctx, statuses.as_ref(), query.page())
        })
        .await?;
    call.reply().page(&query?, page.map(AppealResponse::new))
}
