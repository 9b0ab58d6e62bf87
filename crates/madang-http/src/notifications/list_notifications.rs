//! `GET /notifications`

use super::response::{KINDS, NotificationResponse};
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::Problem;
use crate::reply::Feed;
use crate::route::Route;
use madang_domain::notifications::{NoticeFilter, NotificationKind, list_notifications};

const LIST: List =
    List::feed(&[Filter::bool("is_read"), Filter::choice("kind", KINDS), Filter::time("created_at")]);

pub(crate) fn route() -> Route {
    Route::get("/notifications", Who::guest(), handle)
        .summary("List one's own notices")
        .list(&LIST)
        .answers::<Feed<NotificationResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let feed = call
        .read(query.clone(), |uow, ctx, query| {
            let filter = NoticeFilter {
                is_read: query.bool("is_read"),
                kind: query.choices("kind", NotificationKind::from_word),
                created_at: query.times("created_at"),
            };
            list_notifications(uow, ctx, &filter, query.feed())
        })
        .await?;
    let viewer = call.viewer();
    Ok(call.reply().feed(&query?, feed.map(|notice| NotificationResponse::new(&notice, &viewer))))
}
