//! `GET /users/{id}` (ACC-16)

use crate::access::Who;
use crate::answer::Answer;
use crate::call::Call;
use crate::problem::{Code, Problem};
use crate::route::Route;
use crate::shapes::{Cannot, UserSummary, cannot};
use crate::viewer::Viewer;
use madang_domain::accounts::{Profile, find_profile};
use madang_domain::ids::UserId;
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) fn route() -> Route {
    Route::get("/users/{id}", Who::student(), handle)
        .summary("Read a member's profile")
        .answers_detail::<ProfileResponse>(200)
}

/// A member as others see them.
#[derive(Serialize, ToSchema)]
#[schema(as = UserPublic)]
struct ProfileResponse {
    #[serde(flatten)]
    user: UserSummary,
    /// `none`, `incoming`, `outgoing` or `friends`.
    friendship: &'static str,
    can: ProfileCan,
    cannot: Cannot,
}

/// What the caller may do with a member.
#[derive(Serialize, ToSchema)]
struct ProfileCan {
    message: bool,
    request_friend: bool,
    view_timetables: bool,
    block: bool,
    report: bool,
}

impl ProfileResponse {
    fn new(profile: &Profile, viewer: &Viewer) -> Self {
        Self {
            friendship: "none",
            can: ProfileCan {
                message: profile.message.is_ok(),
                request_friend: profile.request_friend.is_ok(),
                view_timetables: profile.view_timetables.is_ok(),
                block: profile.block.is_ok(),
                report: profile.report.is_ok(),
            },
            cannot: cannot([
                ("message", profile.message),
                ("request_friend", profile.request_friend),
                ("view_timetables", profile.view_timetables),
                ("block", profile.block),
                ("report", profile.report),
            ]),
            user: UserSummary::new(&profile.user, viewer),
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let id: UserId = call.id("id")?;
    let profile = call.read(call.nothing(), move |uow, ctx, ()| find_profile(uow, ctx, id)).await?;
    let profile = profile.ok_or(Problem::from(Code::NotFound))?;
    Ok(call.reply().detail(&ProfileResponse::new(&profile, &call.viewer())))
}
