//! `GET /admin/users/{id}`

use super::response::AdminUserResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use madang_domain::accounts::find_user;
use madang_domain::ids::UserId;

pub(crate) fn route() -> Route {
    Route::get("/admin/users/{id}", Who::admin().session_only(), handle)
        .summary("Read a user, withdrawn ones included")
        .answers_detail::<AdminUserResponse>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: UserId = call.id("id")?;
    let shape = call
        .read(call.nothing(), move |uow, ctx, ()| {
            let member = find_user(uow, id)?.ok_or(Problem::from(Code::NotFound))?;
            Ok::<_, Problem>(AdminUserResponse::new(&member, ctx.now))
        })
        .await?;
    Ok(call.reply().detail(&shape))
}
