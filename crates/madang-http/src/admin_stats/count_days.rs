//! `GET /admin/stats`

use crate::access::Who;
use crate::answer::Answer;
use crate::call::{Call, Parsed};
use crate::extract::{Filter, List, ListQuery};
use crate::problem::{FieldProblem, Problem};
use crate::route::Route;
use madang_domain::filters::OneOf;
use madang_domain::ids::SchoolId;
use madang_domain::stats::{CountDays, DayCounts, Stats, count_days};
use madang_domain::text::FieldError;
use serde::Serialize;
use utoipa::ToSchema;

const LIST: List = List::whole(&[Filter::id("school"), Filter::day("from"), Filter::day("to")]);

pub(crate) fn route() -> Route {
    Route::get("/admin/stats", Who::moderator(), handle)
        .summary("Count what happened on each of at most 366 days")
        .list(&LIST)
        .answers::<StatsResponse>(200)
}

/// What happened on each day; null is a number below five, which moderators are not told.
#[derive(Serialize, ToSchema)]
#[schema(as = Stats)]
struct StatsResponse {
    #[schema(format = Date)]
    from: String,
    #[schema(format = Date)]
    to: String,
    days: Vec<DayResponse>,
}

/// One day, in the time zone of the school, or in UTC over all schools.
#[derive(Serialize, ToSchema)]
#[schema(as = StatsDay)]
struct DayResponse {
    #[schema(format = Date)]
    date: String,
    #[schema(required)]
    sign_ups: Option<i64>,
    #[schema(required)]
    active_users: Option<i64>,
    #[schema(required)]
    posts: Option<i64>,
    #[schema(required)]
    comments: Option<i64>,
    #[schema(required)]
    messages: Option<i64>,
    #[schema(required)]
    reports: Option<i64>,
    #[schema(required)]
    sanctions: Option<i64>,
    #[schema(required)]
    appeals: Option<i64>,
}

impl From<DayCounts> for DayResponse {
    fn from(day: DayCounts) -> Self {
        Self {
            date: day.date.to_string(),
            sign_ups: day.sign_ups,
            active_users: day.active_users,
            posts: day.posts,
            comments: day.comments,
            messages: day.messages,
            reports: day.reports,
            sanctions: day.sanctions,
            appeals: day.appeals,
        }
    }
}

async fn handle(call: Call) -> Result<Answer, Problem> {
    let query = call.list(&LIST).and_then(|query| days(&query));
    let (from, to) = query.as_ref().map_or_else(
        |_| (String::new(), String::new()),
        |query| (query.from.to_string(), query.to.to_string()),
    );
    let Stats { days } = call.read(query, |uow, ctx, query| count_days(uow, ctx, query)).await?;
    let days = days.into_iter().map(DayResponse::from).collect();
    Ok(call.reply().ok(&StatsResponse { from, to, days }))
}

/// Both ends must be there; several schools are no school.
fn days(query: &ListQuery) -> Parsed<CountDays> {
    let school = match query.ids::<SchoolId>("school") {
        None => None,
        Some(OneOf(schools)) => match schools.as_slice() {
            [school] => Some(*school),
            _ => return Err(Problem::field("school", FieldError::TooMany)),
        },
    };
    match (query.day("from"), query.day("to")) {
        (Some(from), Some(to)) => Ok(CountDays { school, from, to }),
        (from, to) => Err(Problem::fields(
            [("from", from), ("to", to)]
                .into_iter()
                .filter(|(_, day)| day.is_none())
                .map(|(name, _)| FieldProblem::new(name, FieldError::Required))
                .collect(),
        )),
    }
}
