//! `GET /me/trash`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::{Problem, instant};
use crate::reply::Feed;
use crate::route::Route;
use crate::shapes::{BoardRef, Cannot, cannot};
use madang_domain::ctx::Ctx;
use madang_domain::trash::{TrashItem, TrashKind, list_trash};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

const LIST: List =
    List::feed(&[Filter::choice("type", &["post", "comment", "timetable", "lead"])]).fixed(&["-deleted_at"]);

pub(crate) fn route() -> Route {
    Route::get("/me/trash", Who::guest(), handle)
        .summary("List what one deleted and may take back")
        .list(&LIST)
        .answers::<Feed<TrashItemResponse>>(200)
}

/// An own deleted item.
#[derive(Serialize, ToSchema)]
#[schema(as = TrashItem)]
struct TrashItemResponse {
    #[serde(rename = "type")]
    kind: &'static str,
    id: Uuid,
    #[schema(required)]
    title: Option<String>,
    #[schema(required)]
    excerpt: Option<String>,
    #[schema(required)]
    board: Option<BoardRef>,
    #[schema(format = DateTime)]
    deleted_at: String,
    /// When it is erased for good.
    #[schema(format = DateTime)]
    purge_at: String,
    can: TrashCan,
    cannot: Cannot,
}

/// What its owner may do with a deleted item.
#[derive(Serialize, ToSchema)]
struct TrashCan {
    restore: bool,
}

impl From<TrashItem> for TrashItemResponse {
    fn from(item: TrashItem) -> Self {
        let TrashItem { entry, purge_at, restore } = item;
        Self {
            kind: entry.kind.as_str(),
            id: entry.id,
            title: entry.title,
            excerpt: entry.excerpt,
            board: entry.board.map(|board| BoardRef::new(board.id, board.name)),
            deleted_at: instant(entry.deleted_at),
            purge_at: instant(purge_at),
            can: TrashCan { restore: restore.is_ok() },
            cannot: cannot([("restore", restore)]),
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let feed = call
        .read(query.clone(), |uow, ctx: &Ctx, query| {
            let kinds = query.choices("type", TrashKind::from_word);
            list_trash(uow, ctx, kinds.as_ref(), query.feed())
        })
        .await?;
    Ok(call.reply().feed(&query?, feed.map(TrashItemResponse::from)))
}
