//! `GET /moderation/items/{target_type}/{target_id}` (VIS-6)

use super::response::ModeratedItemResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::removals::{TargetKind, find_item};
use uuid::Uuid;

pub(crate) fn route() -> Route {
    Route::get("/moderation/items/{target_type}/{target_id}", Who::student(), handle)
        .summary("Look at an item as staff, deleted or removed ones included")
        .answers_detail::<ModeratedItemResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let kind = TargetKind::from_word(call.segment("target_type"));
    let id: Uuid = call.id("target_id")?;
    let viewer = call.viewer();
    let seen = call
        .read(call.nothing(), move |uow, ctx, ()| match kind {
            Some(kind) => find_item(uow, ctx, kind, id).map_err(Problem::from),
            None => Err(Code::NotFound.into()),
        })
        .await?;
    Ok(call.reply().detail(&ModeratedItemResponse::new(&seen, &viewer)))
}
