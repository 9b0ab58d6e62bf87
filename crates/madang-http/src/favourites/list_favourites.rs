//! `GET /me/favourites`

use crate::access::Who;
use crate::answer::Answer;
use crate::boards::BoardItemResponse;
use crate::call::Call;
use crate::extract::List;
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::store::StoreError;

const LIST: List = List::page(&[]);

pub(crate) fn route() -> Route {
    Route::get("/me/favourites", Who::guest(), handle)
        .summary("List the own favourites, in their order")
        .list(&LIST)
        .answers::<Page<BoardItemResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| {
            let page = uow.boards().list_favourites(&ctx.actor, query.page())?;
            Ok::<_, StoreError>(page.map(|board| BoardItemResponse::new(&board, ctx)))
        })
        .await?;
    call.reply().page(&query?, page)
}
