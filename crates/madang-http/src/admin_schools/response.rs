//! Schools as admins see them.

use crate::problem::instant;
use crate::schools::{TermShape, domains};
use madang_domain::schools::SchoolWithTerms;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A school with its terms; no moving counters, so that its tag changes by edits only.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminSchool)]
pub(super) struct AdminSchoolResponse {
    id: Uuid,
    name: String,
    /// An address of one of these domains, or of one below, proves enrolment.
    email_domains: Vec<String>,
    /// Whether sign-up is refused to addresses of other domains.
    domains_only: bool,
    /// Whether new members may sign up.
    is_open: bool,
    /// IANA name.
    time_zone: &'static str,
    /// Latest first.
    terms: Vec<TermShape>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

impl AdminSchoolResponse {
    pub(super) fn new(found: &SchoolWithTerms) -> Self {
        let (school, settings) = (&found.school, &found.school.settings);
        Self {
            id: school.id.into(),
            name: settings.name.clone(),
            email_domains: domains(&settings.email_domains),
            domains_only: settings.domains_only,
            is_open: settings.is_open,
            time_zone: settings.time_zone.name(),
            terms: found.terms.iter().map(TermShape::new).collect(),
            created_at: instant(school.created_at),
            updated_at: instant(school.updated_at),
        }
    }
}
