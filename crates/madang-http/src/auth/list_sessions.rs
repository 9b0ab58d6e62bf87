//! The caller's sessions, without token material (AUTH-19).

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::List;
use crate::problem::{Problem, instant};
use crate::reply::Page;
use crate::route::Route;
use madang_auth::sessions::list_sessions;
use madang_domain::sessions::Session;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

const LIST: List = List::page(&[]);

pub(super) fn route() -> Route {
    Route::get("/auth/sessions", Who::guest().session_only(), handle)
        .summary("List own sessions")
        .list(&LIST)
        .answers::<Page<SessionResponse>>(200)
}

/// A session of the caller.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
pub(super) struct SessionResponse {
    id: Uuid,
    /// What the client called itself at login.
    #[schema(required)]
    device_label: Option<String>,
    #[schema(format = DateTime)]
    created_at: String,
    /// To the resolution of refreshes.
    #[schema(format = DateTime)]
    last_used_at: String,
    /// When it ends unless it is refreshed before.
    #[schema(format = DateTime)]
    expires_at: String,
    /// Whether this very request came by it.
    is_current: bool,
}

impl SessionResponse {
    fn new(session: Session, is_current: bool) -> Self {
        Self {
            id: session.id.into(),
            created_at: instant(session.created_at),
            last_used_at: instant(session.last_used_at()),
            expires_at: instant(session.expires_at()),
            device_label: session.device_label,
            is_current,
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let listed = call.read(query.clone(), |uow, ctx, query| {
        let current = ctx.actor.session();
        list_sessions(uow, ctx, query.page()).map(|page| {
            page.map(|session| {
                let is_current = current == Some(session.id);
                SessionResponse::new(session, is_current)
            })
        })
    });
    let page = listed.await?;
    call.reply().page(&query?, page)
}
