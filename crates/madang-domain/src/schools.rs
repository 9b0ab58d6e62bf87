//! Schools, the mail domains that prove who studies there, and their terms.

mod acts;
mod create_school;
mod delete_school;
mod edit_school;
mod email_domain;
mod repository;
mod rules;
mod school;
mod term;

pub use create_school::{CreateSchoolError, create_school};
pub use delete_school::{DeleteSchoolError, delete_school};
pub use edit_school::{EditSchool, EditSchoolError, edit_school};
pub use email_domain::{EMAIL_DOMAINS_MAX, EmailDomain};
pub use repository::{
    SchoolFilter, SchoolKey, SchoolQuery, SchoolRepository, TermFilter, TermOrder, TermQuery,
};
pub use school::{NAME_RULE, School, SchoolRef, SchoolSettings, SchoolWithTerms, TimeZone, parse_time_zone};
pub use term::{
    HOLIDAY_NAME_RULE, HOLIDAYS_MAX, Holiday, Semester, TERMS_MAX, Term, check_terms, parse_year,
};
