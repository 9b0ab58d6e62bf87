//! `GET /admin/users`

use super::response::AdminUserResponse;
use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List, ListQuery};
use crate::problem::Problem;
use crate::reply::Page;
use crate::route::Route;
use madang_domain::accounts::{
    AccountFilter, AccountKey, AccountQuery, AccountState, Email, Enrolment, list_users,
};
use madang_domain::actor::Role;
use madang_domain::filters::TextTest;
use madang_domain::paging::OrderBy;

const LIST: List = List::page(&[
    Filter::id("school"),
    Filter::text("username"),
    Filter::text("nickname"),
    Filter::whole_text("email"),
    Filter::choice("role", &["guest", "student", "moderator", "admin"]),
    Filter::choice("state", &["active", "restricted", "banned", "withdrawn"]),
    Filter::choice("enrolment", &["pending", "verified"]),
    Filter::time("created_at"),
])
.ordered(&["-created_at", "username"]);

pub(crate) fn route() -> Route {
    Route::get("/admin/users", Who::admin().session_only(), handle)
        .summary("List users, withdrawn ones included")
        .list(&LIST)
        .answers::<Page<AdminUserResponse>>(200)
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| {
            let page = list_users(uow, ctx, &account_query(query))?;
            Ok::<_, Problem>(page.map(|member| AdminUserResponse::new(&member, ctx.now)))
        })
        .await?;
    call.reply().page(&query?, page)
}

fn account_query(query: &ListQuery) -> AccountQuery {
    let filter = AccountFilter {
        schools: query.ids("school"),
        username: query.texts("username"),
        nickname: query.texts("nickname"),
        email: query.texts("email").iter().map(canonical).collect(),
        roles: query.choices("role", Role::from_word),
        states: query.choices("state", AccountState::from_word),
        enrolment: query.choices("enrolment", |word| match word {
            "pending" => Some(Enrolment::Pending),
            "verified" => Some(Enrolment::Verified),
            _ => None,
        }),
        created_at: query.times("created_at"),
    };
    let step = |step: &crate::extract::OrderBy| {
        let key = if step.field == "username" { AccountKey::Username } else { AccountKey::CreatedAt };
        OrderBy { key, descending: step.descending }
    };
    AccountQuery { filter, order: query.order().iter().map(step).collect(), request: query.page() }
}

/// Addresses are compared in their canonical form only; what is no address is nobody's.
fn canonical(test: &TextTest) -> String {
    Email::parse(&test.value).map_or_else(|_| test.value.clone(), |email| email.key())
}
