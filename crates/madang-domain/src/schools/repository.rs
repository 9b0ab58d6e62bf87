//! The port of schools.

use super::{EmailDomain, School, SchoolSettings, SchoolWithTerms, Semester, Term, TimeZone};
use crate::ctx::Timestamp;
use crate::filters::{NumberTest, OneOf, TextTest};
use crate::ids::SchoolId;
use crate::paging::{OrderBy, Page, PageRequest};
use crate::store::StoreError;

/// The field filters of school lists, all ANDed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchoolFilter {
    /// By name.
    pub name: Vec<TextTest>,
    /// Open to sign-up or not.
    pub is_open: Option<bool>,
}

/// By what schools are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SchoolKey {
    /// The folded name.
    Name,
    /// The time at which they were added.
    CreatedAt,
}

/// One list of schools.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchoolQuery {
    /// Which.
    pub filter: SchoolFilter,
    /// In which order.
    pub order: Vec<OrderBy<SchoolKey>>,
    /// Which page.
    pub request: PageRequest,
}

/// The field filters of term lists, all ANDed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermFilter {
    /// By academic year.
    pub year: Vec<NumberTest>,
    /// By semester.
    pub semester: Option<OneOf<Semester>>,
}

/// How terms are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TermOrder {
    /// Latest first.
    #[default]
    LatestFirst,
    /// Earliest first.
    EarliestFirst,
}

/// One list of a school's terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermQuery {
    /// Which.
    pub filter: TermFilter,
    /// In which order.
    pub order: TermOrder,
    /// Which page.
    pub request: PageRequest,
}

/// Schools. Rules that span schools (one name, one domain) are decided under
/// [`Topic::SchoolDomains`](crate::store::Topic::SchoolDomains).
pub trait SchoolRepository {
    /// Every live school with the zone in which its clocks run.
    fn list_time_zones(&mut self) -> Result<Vec<(SchoolId, TimeZone)>, StoreError>;

    /// The live school, if there is one.
    fn find(&mut self, id: SchoolId) -> Result<Option<School>, StoreError>;

    /// The live school of this name, compared as SCH-1 does.
    fn find_named(&mut self, name: &str) -> Result<Option<School>, StoreError>;

    /// The live school with its terms.
    fn find_with_terms(&mut self, id: SchoolId) -> Result<Option<SchoolWithTerms>, StoreError>;

    /// Whether the school is live; keeps other write units that ask the same from going on until this one ends. Under
    /// it names of boards are given, and the school is changed or deleted.
    fn hold(&mut self, id: SchoolId) -> Result<bool, StoreError>;

    /// A page of live schools.
    fn list(&mut self, query: &SchoolQuery) -> Result<Page<School>, StoreError>;

    /// A page of live schools with their terms.
    fn list_with_terms(&mut self, query: &SchoolQuery) -> Result<Page<SchoolWithTerms>, StoreError>;

    /// A page of a school's terms.
    fn list_terms(&mut self, id: SchoolId, query: &TermQuery) -> Result<Page<Term>, StoreError>;

    /// The mail domains of all live schools but `except`.
    fn list_other_domains(&mut self, except: Option<SchoolId>) -> Result<Vec<EmailDomain>, StoreError>;

    /// Whether anything still belongs to the school: a user who is not purged, a live board (SCH-2).
    fn is_in_use(&mut self, id: SchoolId) -> Result<bool, StoreError>;

    /// Stores a new school without members and terms.
    fn add(&mut self, id: SchoolId, settings: &SchoolSettings, at: Timestamp) -> Result<(), StoreError>;

    /// Writes changed settings.
    fn save(&mut self, id: SchoolId, settings: &SchoolSettings, at: Timestamp) -> Result<(), StoreError>;

    /// Replaces the terms.
    fn save_terms(&mut self, id: SchoolId, terms: &[Term], at: Timestamp) -> Result<(), StoreError>;

    /// Marks a live school deleted and frees its mail domains; `false` when it was not live any more.
    fn mark_deleted(&mut self, id: SchoolId, at: Timestamp) -> Result<bool, StoreError>;

    /// Adds `delta` to the members (SCH-3).
    fn bump_members(&mut self, id: SchoolId, delta: i64) -> Result<(), StoreError>;
}
