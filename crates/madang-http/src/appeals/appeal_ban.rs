//! `POST /appeals` (SAN-4): for those whom no login lets in.

use super::AppealResponse;
use crate::answer::Answer;
use crate::call::Visit;
use crate::extract::{Body, Fields, value};
use crate::problem::{Code, Problem};
use crate::route::{Route, Visitor};
use madang_auth::appeal_ban::{AppealBanError, appeal_ban};
use madang_auth::link_tokens;
use madang_domain::appeals::CONTENTS_RULE;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::post("/appeals", Visitor, handle)
        .summary("Appeal against a ban by the token that a refused login hands out")
        .body::<AppealBanBody>()
        .answers::<AppealResponse>(201)
        .problems(&[Code::LinkInvalid, Code::AlreadyAppealed, Code::AppealClosed])
}

/// What speaks against the ban.
#[derive(ToSchema)]
#[schema(as = AppealBan)]
pub(crate) struct AppealBanBody {
    appeal_token: String,
    #[schema(min_length = 1, max_length = 2000)]
    contents: String,
}

impl Body for AppealBanBody {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let appeal_token = fields.required("appeal_token", value::secret);
        let contents = fields.required("contents", value::text(CONTENTS_RULE));
        Some(Self { appeal_token: appeal_token?, contents: contents? })
    }
}

async fn handle(visit: Visit) -> Result<Answer, Problem> {
    visit
        .write(
            visit.body::<AppealBanBody>(),
            |uow, moment, body| {
                let secret = link_tokens::parse(&body.appeal_token).ok_or(AppealBanError::LinkInvalid)?;
                appeal_ban(uow, moment, &secret, &body.contents)
            },
            |reply, appeal| reply.added("/me/sanctions", &AppealResponse::new(appeal)),
        )
        .await
}
