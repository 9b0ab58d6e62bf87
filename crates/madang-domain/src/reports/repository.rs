//! The port of reports and cases.

use super::{CaseReach, CaseView, NewCase, NewReport, Report, ReportStatus, Verdict};
use crate::actor::Actor;
use crate::ctx::Timestamp;
use crate::filters::{OneOf, TimeTest};
use crate::ids::{BoardId, CaseId, ReportId, UserId};
use crate::paging::{OrderBy, Page, PageRequest};
use crate::posts::ReportReason;
use crate::removals::TargetKind;
use crate::store::StoreError;
use uuid::Uuid;

/// Which own reports are listed; all tests must pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportFilter {
    /// In these states.
    pub statuses: Option<OneOf<ReportStatus>>,
    /// Of targets of these kinds.
    pub kinds: Option<OneOf<TargetKind>>,
}

/// Which cases are listed; all tests must pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Open ones (`true`), or decided ones.
    pub open: Option<bool>,
    /// Of targets of these kinds.
    pub kinds: Option<OneOf<TargetKind>>,
    /// In these boards.
    pub boards: Option<OneOf<BoardId>>,
    /// With a report for one of these reasons.
    pub reasons: Option<OneOf<ReportReason>>,
    /// Tests of the time of opening.
    pub opened_at: Vec<TimeTest>,
}

/// What cases are ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseKey {
    /// The place in the queue.
    Priority,
    /// The time of opening.
    OpenedAt,
}

/// One page of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseQuery {
    /// Which.
    pub filter: CaseFilter,
    /// In which order.
    pub order: Vec<OrderBy<CaseKey>>,
    /// Which page.
    pub request: PageRequest,
}

/// Reports and cases.
pub trait ReportRepository {
    /// Whether somebody has reported a target before (RPT-1).
    fn exists(&mut self, reporter: UserId, target: Uuid) -> Result<bool, StoreError>;

    /// How many reports of somebody were upheld and how many dismissed.
    fn count_decided(&mut self, reporter: UserId) -> Result<(i64, i64), StoreError>;

    /// Stores a report and moves its case up the queue by `lift`; `false` when the reporter has reported the target before.
    /// Answers otherwise what the open reports of the case weigh together.
    fn add(&mut self, report: &NewReport, lift: i64) -> Result<Option<i64>, StoreError>;

    /// The reason that weighs most among the reports of a case.
    fn main_reason(&mut self, case: CaseId) -> Result<Option<ReportReason>, StoreError>;

    /// The person's own reports, the latest first.
    fn list_own(
        &mut self,
        reporter: UserId,
        filter: &ReportFilter,
        request: PageRequest,
    ) -> Result<Page<Report>, StoreError>;

    /// Opens a case, unless the target has an open one.
    fn add_case(&mut self, case: &NewCase) -> Result<(), StoreError>;

    /// The open case of a target, kept from other write units until this one ends.
    fn find_open_case(&mut self, kind: TargetKind, target: Uuid) -> Result<Option<CaseId>, StoreError>;

    /// A case in reach, with its target; one statement.
    fn find_case(
        &mut self,
        viewer: &Actor,
        reach: CaseReach,
        id: CaseId,
    ) -> Result<Option<CaseView>, StoreError>;

    /// A page of the cases in reach; a count and one statement.
    fn list_cases(
        &mut self,
        viewer: &Actor,
        reach: CaseReach,
        query: &CaseQuery,
    ) -> Result<Page<CaseView>, StoreError>;

    /// Writes a decision.
    fn save_verdict(&mut self, case: CaseId, verdict: &Verdict, at: Timestamp) -> Result<(), StoreError>;

    /// Decides all open reports of a case; answers them with those who made them, to tell them.
    fn close_reports(
        &mut self,
        case: CaseId,
        status: ReportStatus,
        at: Timestamp,
    ) -> Result<Vec<(ReportId, UserId)>, StoreError>;
}
