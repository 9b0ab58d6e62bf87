//! `GET /me/scraps`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::posts::PostItemResponse;
use crate::problem::{Problem, instant};
use crate::reply::Feed;
use crate::route::Route;
use crate::viewer::Viewer;
use madang_domain::scraps::{ScrapSummary, list_scraps};
use serde::Serialize;
use utoipa::ToSchema;

const LIST: List = List::feed(&[Filter::id("board")]).searchable().fixed(&["-scrapped_at"]);

pub(crate) fn route() -> Route {
    Route::get("/me/scraps", Who::student(), handle)
        .summary("List the posts that one keeps")
        .list(&LIST)
        .answers::<Feed<ScrapItemResponse>>(200)
}

/// A post that the caller keeps.
#[derive(Serialize, ToSchema)]
#[schema(as = ScrapItem)]
struct ScrapItemResponse {
    #[schema(format = DateTime)]
    scrapped_at: String,
    post: PostItemResponse,
}

impl ScrapItemResponse {
    fn new(scrap: &ScrapSummary, viewer: &Viewer) -> Self {
        Self { scrapped_at: instant(scrap.scrapped_at), post: PostItemResponse::new(&scrap.post, viewer) }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let feed = call
        .read(query.clone(), |uow, ctx, query| {
            list_scraps(uow, ctx, query.ids("board"), query.search().cloned(), query.feed())
        })
        .await?;
    let viewer = call.viewer();
    Ok(call.reply().feed(&query?, feed.map(|scrap| ScrapItemResponse::new(&scrap, &viewer))))
}
