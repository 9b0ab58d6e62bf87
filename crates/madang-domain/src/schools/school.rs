//! The school and its rules.

use super::{EmailDomain, Term};
use crate::ctx::Timestamp;
use crate::fold::name_key;
use crate::ids::SchoolId;
use crate::text::{FieldError, TextRule};
pub use chrono_tz::Tz as TimeZone;

/// The rule of school names.
pub const NAME_RULE: TextRule = TextRule::line(1, 60);

/// A school as others refer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolRef {
    /// The school.
    pub id: SchoolId,
    /// Its name.
    pub name: String,
}

/// A live school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    /// The school.
    pub id: SchoolId,
    /// What staff set.
    pub settings: SchoolSettings,
    /// Users with proven enrolment who have not withdrawn (SCH-3).
    pub member_count: i64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its settings or terms last changed.
    pub updated_at: Timestamp,
}

/// What staff set of a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolSettings {
    /// The name, trimmed and in NFC; unique after folding (SCH-1).
    pub name: String,
    /// The mail domains that prove enrolment, in the order given; none is another school's, nor above or below one.
    pub email_domains: Vec<EmailDomain>,
    /// Whether sign-up is refused to addresses of other domains (ACC-9).
    pub domains_only: bool,
    /// Whether new members may sign up.
    pub is_open: bool,
    /// In which the school's clocks run.
    pub time_zone: TimeZone,
}

/// A school with its terms, as its staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolWithTerms {
    /// The school.
    pub school: School,
    /// Its terms, latest first.
    pub terms: Vec<Term>,
}

impl School {
    /// Whether an address of `domain`, in canonical form, proves enrolment (ACC-8).
    pub fn admits(&self, domain: &str) -> bool {
        self.settings.email_domains.iter().any(|entry| entry.covers(domain))
    }

    /// How others refer to it.
    pub fn to_ref(&self) -> SchoolRef {
        SchoolRef { id: self.id, name: self.settings.name.clone() }
    }
}

impl SchoolSettings {
    /// An open school of this name, which admits nobody by mail yet.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            email_domains: Vec::new(),
            domains_only: true,
            is_open: true,
            time_zone: TimeZone::Asia__Seoul,
        }
    }

    /// By which the name is unique.
    pub fn name_key(&self) -> String {
        name_key(&self.name)
    }
}

/// Parses the IANA name of a time zone.
///
/// # Errors
/// `invalid` for any other text.
pub fn parse_time_zone(text: &str) -> Result<TimeZone, FieldError> {
    text.parse().map_err(|_| FieldError::Invalid)
}
