//! Schools and terms as JSON.

use madang_domain::schools::{EmailDomain, School, Semester, Term};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A school.
#[derive(Serialize, ToSchema)]
#[schema(as = School)]
pub(crate) struct SchoolResponse {
    id: Uuid,
    name: String,
    /// An address of one of these domains, or of one below, proves enrolment.
    email_domains: Vec<String>,
    /// Whether sign-up is refused to addresses of other domains.
    domains_only: bool,
    /// Whether new members may sign up.
    is_open: bool,
    /// Users with proven enrolment.
    member_count: i64,
    /// IANA name.
    time_zone: &'static str,
}

/// A term of a school.
#[derive(Serialize, ToSchema)]
#[schema(as = Term)]
pub(crate) struct TermShape {
    #[schema(minimum = 1950, maximum = 2200)]
    year: i32,
    semester: SemesterShape,
    /// The first day.
    #[schema(format = Date)]
    starts_on: String,
    /// The last day.
    #[schema(format = Date)]
    ends_on: String,
    /// Days without lessons.
    holidays: Vec<HolidayShape>,
}

/// A part of the academic year.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[schema(as = Semester)]
pub(crate) enum SemesterShape {
    #[serde(rename = "1")]
    First,
    #[serde(rename = "summer")]
    Summer,
    #[serde(rename = "2")]
    Second,
    #[serde(rename = "winter")]
    Winter,
}

/// A day without lessons.
#[derive(Serialize, ToSchema)]
#[schema(as = Holiday)]
struct HolidayShape {
    #[schema(format = Date)]
    date: String,
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

impl SchoolResponse {
    pub(crate) fn new(school: &School) -> Self {
        let settings = &school.settings;
        Self {
            id: school.id.into(),
            name: settings.name.clone(),
            email_domains: domains(&settings.email_domains),
            domains_only: settings.domains_only,
            is_open: settings.is_open,
            member_count: school.member_count,
            time_zone: settings.time_zone.name(),
        }
    }
}

impl TermShape {
    pub(crate) fn new(term: &Term) -> Self {
        let holidays = term.holidays.iter();
        Self {
            year: term.year,
            semester: match term.semester {
                Semester::First => SemesterShape::First,
                Semester::Summer => SemesterShape::Summer,
                Semester::Second => SemesterShape::Second,
                Semester::Winter => SemesterShape::Winter,
            },
            starts_on: term.starts_on.to_string(),
            ends_on: term.ends_on.to_string(),
            holidays: holidays
                .map(|day| HolidayShape { date: day.date.to_string(), name: day.name.clone() })
                .collect(),
        }
    }
}

/// Mail domains as they are written.
pub(crate) fn domains(domains: &[EmailDomain]) -> Vec<String> {
    domains.iter().map(|domain| domain.as_str().to_owned()).collect()
}
