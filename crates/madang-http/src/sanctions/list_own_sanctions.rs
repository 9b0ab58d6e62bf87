//! `GET /me/sanctions` (SAN-3)

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::extract::{Filter, List};
use crate::problem::{Problem, instant};
use crate::reply::Page;
use crate::route::Route;
use crate::shapes::{Author, BoardRef, Cannot, UserSummary, cannot};
use madang_domain::sanctions::{OwnSanction, SanctionFilter, SanctionKind, list_own_sanctions};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

const LIST: List =
    List::page(&[Filter::bool("active"), Filter::choice("kind", &["warning", "restriction", "ban"])])
        .fixed(&["-starts_at"]);

pub(crate) fn route() -> Route {
    Route::get("/me/sanctions", Who::guest(), handle)
        .summary("List the own sanctions")
        .list(&LIST)
        .answers::<Page<SanctionResponse>>(200)
}

/// A sanction.
#[derive(Serialize, ToSchema)]
#[schema(as = Sanction)]
struct SanctionResponse {
    id: Uuid,
    kind: &'static str,
    scope: &'static str,
    #[schema(required)]
    board: Option<BoardRef>,
    rule: &'static str,
    reason: String,
    /// The text that it was given for, until that is erased.
    #[schema(required)]
    evidence: Option<String>,
    #[schema(format = DateTime)]
    starts_at: String,
    #[schema(required, format = DateTime)]
    ends_at: Option<String>,
    #[schema(required, format = DateTime)]
    lifted_at: Option<String>,
    #[schema(format = DateTime)]
    appeal_until: String,
    /// Null: there are no appeals yet.
    #[schema(required, value_type = Option<Object>)]
    appeal: Option<()>,
    /// For staff only.
    #[schema(required)]
    subject: Option<Author>,
    /// For staff only.
    #[schema(required)]
    issuer: Option<UserSummary>,
    can: SanctionCan,
    cannot: Cannot,
}

/// What this caller may do about a sanction.
#[derive(Serialize, ToSchema)]
struct SanctionCan {
    appeal: bool,
    lift: bool,
}

impl SanctionResponse {
    fn new(own: OwnSanction) -> Self {
        let OwnSanction { sanction, appeal_until, appeal, lift } = own;
        Self {
            id: sanction.id.into(),
            kind: sanction.kind.as_str(),
            scope: sanction.scope().as_str(),
            board: sanction.board.map(|board| BoardRef::new(board.id, board.name)),
            rule: sanction.rule.as_str(),
            reason: sanction.reason,
            evidence: sanction.evidence,
            starts_at: instant(sanction.starts_at),
            ends_at: sanction.ends_at.map(instant),
            lifted_at: sanction.lifted_at.map(instant),
            appeal_until: instant(appeal_until),
            appeal: None,
            subject: None,
            issuer: None,
            can: SanctionCan { appeal: appeal.is_ok(), lift: lift.is_ok() },
            cannot: cannot([("appeal", appeal), ("lift", lift)]),
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST);
    let page = call
        .read(query.clone(), |uow, ctx, query| {
            let filter = SanctionFilter {
                kinds: query.choices("kind", SanctionKind::from_word),
                active: query.bool("active"),
            };
            list_own_sanctions(uow, ctx, &filter, query.page())
        })
        .await?;
    call.reply().page(&query?, page.map(SanctionResponse::new))
}
