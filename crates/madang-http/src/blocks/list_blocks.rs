//! `GET /blocks`

use super::response::BlockResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::blocks::{BlockQuery, BlockTarget};

const LIST: List =
    List::page(&[Filter::choice("target_type", &["user", "post", "comment", "message_thread"])])
        .ordered(&["-created_at"]);

pub(crate) fn route() -> Route {
    Route::get("/blocks", Who::student(), handle)
        .summary("List whom one has blocked")
        .list(&LIST)
        .answers::<Page<BlockResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| uow.blocks().list(&ctx.actor, &block_query(query)))
        .await?;
    let viewer = call.viewer();
    call.reply().page(&query?, page.map(|block| BlockResponse::new(&block, &viewer)))
}

fn block_query(query: &ListQuery) -> BlockQuery {
    BlockQuery {
        targets: query.choices("target_type", BlockTarget::from_word),
        descending: query.order().first().is_none_or(|step| step.descending),
        request: query.page(),
    }
}
