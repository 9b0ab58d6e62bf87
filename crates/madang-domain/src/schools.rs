//! Schools, the mail domains that prove who studies there, and their terms.

mod email_domain;
mod repository;
mod school;
mod term;

pub use email_domain::{EMAIL_DOMAINS_MAX, EmailDomain};
pub use repository::{
    SchoolFilter, SchoolOrder, SchoolQuery, SchoolRepository, TermFilter, TermOrder, TermQuery,
};
pub use school::{NAME_RULE, School, SchoolRef, SchoolSettings, SchoolWithTerms, parse_time_zone};
pub use term::{
    HOLIDAY_NAME_RULE, HOLIDAYS_MAX, Holiday, Semester, TERMS_MAX, Term, check_terms, parse_year,
};
