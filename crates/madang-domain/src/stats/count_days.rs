//! Statistics by day.

use super::Happened;
use super::days::{begin_of, date_of};
use crate::actor::{CallerStateError, Role};
use crate::ctx::Ctx;
use crate::ids::SchoolId;
use crate::schools::TimeZone;
use crate::store::{StoreError, UnitOfWork};
use crate::text::FieldError;
use chrono::{Days, NaiveDate};
use std::collections::HashMap;

/// Most days of one answer.
pub const DAYS_MAX: i64 = 366;

/// Fewer than this could point at persons; moderators are not told.
const SMALL: i64 = 5;

/// Which days of which school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountDays {
    /// The school; `None` is the caller's own for a moderator and all for an admin.
    pub school: Option<SchoolId>,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

/// What happened on a day; `None` is too few to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCounts {
    /// The day, in the school's time zone, or in UTC over all schools.
    pub date: NaiveDate,
    /// Sign-ups.
    pub sign_ups: Option<i64>,
    /// People who were there.
    pub active_users: Option<i64>,
    /// Posts that are still there.
    pub posts: Option<i64>,
    /// Comments that are still there.
    pub comments: Option<i64>,
    /// Messages.
    pub messages: Option<i64>,
    /// Reports.
    pub reports: Option<i64>,
    /// Sanctions that staff gave.
    pub sanctions: Option<i64>,
    /// Appeals against them.
    pub appeals: Option<i64>,
}

/// The days asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stats {
    /// Each day, the first first.
    pub days: Vec<DayCounts>,
}

/// Why there are no statistics.
#[derive(Debug, thiserror::Error)]
pub enum CountDaysError {
    /// Not staff.
    #[error("the caller is not staff")]
    Caller(CallerStateError),
    /// No such school for this caller.
    #[error("no such school")]
    NotFound,
    /// The end comes before the beginning, or too many days after it.
    #[error("the days are refused")]
    Days(FieldError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Counts what happened by day. Cells below five are hidden from moderators.
pub fn count_days(uow: &mut dyn UnitOfWork, ctx: &Ctx, query: &CountDays) -> Result<Stats, CountDaysError> {
    ctx.actor.check_role(Role::Moderator).map_err(CountDaysError::Caller)?;
    let length = (query.to - query.from).num_days() + 1;
    if length < 1 {
        return Err(CountDaysError::Days(FieldError::MinValue));
    }
    if length > DAYS_MAX {
        return Err(CountDaysError::Days(FieldError::MaxValue));
    }
    let school = query.school.or((!ctx.actor.is_admin()).then_some(ctx.actor.school));
    let zone = match school {
        None => TimeZone::UTC,
        Some(id) if !ctx.actor.is_staff_of(id) => return Err(CountDaysError::NotFound),
        Some(id) => match uow.schools().find(id)? {
            Some(school) => school.settings.time_zone,
            None => return Err(CountDaysError::NotFound),
        },
    };
    let after = query.to.checked_add_days(Days::new(1)).unwrap_or(query.to);
    let tallies = uow.stats().list_tallies(school, begin_of(zone, query.from), begin_of(zone, after))?;
    let active = uow.stats().list_active(school, query.from, query.to)?;
    let mut counts: HashMap<(Happened, NaiveDate), i64> = HashMap::new();
    for tally in tallies {
        *counts.entry((tally.what, date_of(zone, tally.from))).or_default() += tally.count;
    }
    let told = |count: i64| (ctx.actor.is_admin() || count >= SMALL).then_some(count);
    let days = query.from.iter_days().take(usize::try_from(length).unwrap_or(0)).map(|date| {
        let count = |what: Happened| told(counts.get(&(what, date)).copied().unwrap_or(0));
        let active = active.iter().filter(|(day, _)| *day == date).map(|(_, users)| users).sum();
        DayCounts {
            date,
            sign_ups: count(Happened::SignUp),
            active_users: told(active),
            posts: count(Happened::Post),
            comments: count(Happened::Comment),
            messages: count(Happened::Message),
            reports: count(Happened::Report),
            sanctions: count(Happened::Sanction),
            appeals: count(Happened::Appeal),
        }
    });
    Ok(Stats { days: days.collect() })
}
