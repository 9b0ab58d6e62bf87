//! `PUT /me/favourites`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, no_content};
use crate::extract::{Body, Fields, value};
use crate::problem::Problem;
use crate::route::Route;
use madang_domain::boards::order_favourites;
use madang_domain::ids::BoardId;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::put("/me/favourites", Who::student(), handle)
        .summary("Bring the own favourites into a new order")
        .body::<OrderFavouritesBody>()
        .answers_empty(204)
}

/// The new order.
#[derive(ToSchema)]
#[schema(as = OrderFavourites)]
pub(crate) struct OrderFavouritesBody {
    /// Exactly the present favourites.
    #[schema(value_type = Vec<Uuid>)]
    board_ids: Vec<BoardId>,
}

impl Body for OrderFavouritesBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let max = usize::try_from(fields.policy().boards.favourites_max).unwrap_or(usize::MAX);
        let board_ids = fields.required("board_ids", value::list(max, value::id::<BoardId>));
        Some(Self { board_ids: board_ids? })
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    call.write(
        call.body::<OrderFavouritesBody>(),
        |uow, ctx, body| order_favourites(uow, ctx, &body.board_ids),
        no_content,
    )
    .await
}
