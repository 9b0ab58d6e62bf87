//! `POST /me/trash/{id}/restore`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::reply::Reply;
use crate::route::Route;
use madang_domain::trash::{Restored, TrashKind, restore_trash};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

pub(crate) fn route() -> Route {
    Route::post("/me/trash/{id}/restore", Who::student().unrestricted(), handle)
        .summary("Take a deleted item back")
        .answers::<RestoredResponse>(200)
        .problems(&[Code::NotRestorable])
}

/// What came back, and where it is.
#[derive(Serialize, ToSchema)]
#[schema(as = Restored)]
struct RestoredResponse {
    #[serde(rename = "type")]
    kind: &'static str,
    id: Uuid,
    url: String,
}

impl RestoredResponse {
    fn new(restored: Restored, reply: &Reply) -> Self {
        let Restored { kind, id } = restored;
        let folder = match kind {
            TrashKind::Post => "posts",
            TrashKind::Comment => "comments",
            TrashKind::Timetable => "timetables",
            TrashKind::Lead => "leads",
        };
        Self { kind: kind.as_str(), id, url: reply.url(&format!("/{folder}/{id}")) }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: Uuid = call.id("id")?;
    call.write(
        call.nothing(),
        move |uow, ctx, ()| restore_trash(uow, ctx, id),
        |reply, restored| reply.ok(&RestoredResponse::new(restored, reply)),
    )
    .await
}
