//! `GET /me/unread`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::notifications::{Unread, count_unread};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::get("/me/unread", Who::guest(), handle)
        .summary("Count what is unread")
        .answers_detail::<UnreadResponse>(200)
}

/// How much is unread: each number is the length of the list that it counts.
#[derive(Serialize, ToSchema)]
#[schema(as = Unread)]
pub(crate) struct UnreadResponse {
    #[schema(minimum = 0)]
    notifications: i64,
    #[schema(minimum = 0)]
    messages: i64,
    #[schema(minimum = 0)]
    friend_requests: i64,
}

impl From<Unread> for UnreadResponse {
    fn from(unread: Unread) -> Self {
        let Unread { notifications, messages, friend_requests } = unread;
        Self { notifications, messages, friend_requests }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let unread = call.read(call.nothing(), |uow, ctx, ()| count_unread(uow, ctx)).await?;
    Ok(call.reply().detail(&UnreadResponse::from(unread)))
}
