//! Reports and the cases that staff decide.

mod cases;

use crate::columns::{at, uid};
use crate::connection::{Conn, run};
use crate::filters::filter_one_of;
use crate::schema::{moderation_cases, reports};
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::count_star;
use diesel::prelude::*;
use madang_domain::actor::Actor;
use madang_domain::ctx::Timestamp;
use madang_domain::ids::{CaseId, ReportId, UserId};
use madang_domain::paging::{Page, PageRequest};
use madang_domain::posts::ReportReason;
use madang_domain::removals::TargetKind;
use madang_domain::reports::{
    CaseQuery, CaseReach, CaseView, NewCase, NewReport, Report, ReportFilter, ReportRepository, ReportStatus,
    Verdict,
};
use madang_domain::store::StoreError;
use uuid::Uuid;

/// Whether staff have to decide on the item of this id, or on an appeal because of it.
macro_rules! is_being_judged {
    ($id:expr) => {
        diesel::dsl::exists(
            $crate::schema::moderation_cases::table
                .filter($crate::schema::moderation_cases::target_id.eq($id))
                .filter($crate::schema::moderation_cases::decided_at.is_null()),
        )
        .or(diesel::dsl::exists(
            $crate::schema::sanctions::table
                .inner_join($crate::schema::appeals::table)
                .filter($crate::schema::sanctions::target_id.eq($id.nullable()))
                .filter($crate::schema::appeals::decided_at.is_null()),
        ))
    };
}

/// Whether staff have decided that reports shall not hide the item of this id any more.
macro_rules! is_immune {
    ($id:expr) => {
        diesel::dsl::exists(
            $crate::schema::moderation_cases::table
                .filter($crate::schema::moderation_cases::target_id.eq($id))
                .filter($crate::schema::moderation_cases::is_immune.eq(true)),
        )
    };
}
pub(crate) use {is_being_judged, is_immune};

#[derive(Queryable, Selectable)]
#[diesel(table_name = reports)]
struct ReportRow {
    id: ReportId,
    target_type: String,
    target_id: Uuid,
    reason: String,
    detail: Option<String>,
    status: String,
    created_at: Timestamp,
    decided_at: Option<Timestamp>,
}

impl TryFrom<ReportRow> for Report {
    type Error = StoreError;

    fn try_from(row: ReportRow) -> Result<Self, StoreError> {
        let unknown = |column| StoreError::internal(format!("reports.{column} is an unknown word"));
        Ok(Self {
            id: row.id,
            kind: TargetKind::from_word(&row.target_type).ok_or_else(|| unknown("target_type"))?,
            target: row.target_id,
            reason: ReportReason::from_word(&row.reason).ok_or_else(|| unknown("reason"))?,
            detail: row.detail,
            status: ReportStatus::from_word(&row.status).ok_or_else(|| unknown("status"))?,
            created_at: row.created_at,
            decided_at: row.decided_at,
        })
    }
}

impl ReportRepository for DieselUnitOfWork<'_> {
    fn exists(&mut self, reporter: UserId, target: Uuid) -> Result<bool, StoreError> {
        let made = reports::table
            .filter(reports::reporter_id.eq(uid(reporter)))
            .filter(reports::target_id.eq(uid(target)));
        run!(self, |c| diesel::select(diesel::dsl::exists(made)).get_result(c))
    }

    fn count_decided(&mut self, reporter: UserId) -> Result<(i64, i64), StoreError> {
        let counts: Vec<(String, i64)> = run!(self, |c| {
            reports::table
                .filter(reports::reporter_id.eq(uid(reporter)))
                .group_by(reports::status)
                .select((reports::status, count_star()))
                .load(c)
        })?;
        let of = |status: ReportStatus| {
            counts.iter().find(|(word, _)| word == status.as_str()).map_or(0, |(_, count)| *count)
        };
        Ok((of(ReportStatus::Upheld), of(ReportStatus::Dismissed)))
    }

    fn add(&mut self, report: &NewReport, lift: i64) -> Result<Option<i64>, StoreError> {
        let row = (
            reports::id.eq(uid(report.id)),
            reports::case_id.eq(uid(report.case)),
            reports::reporter_id.eq(uid(report.reporter)),
            reports::target_type.eq(report.kind.as_str()),
            reports::target_id.eq(uid(report.target)),
            reports::reason.eq(report.reason.as_str()),
            reports::detail.eq(&report.detail),
            reports::weight.eq(report.weight),
            reports::status.eq(ReportStatus::Open.as_str()),
            reports::created_at.eq(at(report.created_at)),
        );
        run!(self, |c| {
            let added =
                diesel::insert_into(reports::table).values(row).on_conflict_do_nothing().execute(c)?;
            if added == 0 {
                return Ok(None);
            }
            diesel::update(moderation_cases::table.find(uid(report.case)))
                .set((
                    moderation_cases::report_count.eq(moderation_cases::report_count + 1),
                    moderation_cases::weight.eq(moderation_cases::weight + report.weight),
                    moderation_cases::priority.eq(moderation_cases::priority + lift),
                ))
                .returning(moderation_cases::weight)
                .get_result(c)
                .map(Some)
        })
    }

    fn main_reason(&mut self, case: CaseId) -> Result<Option<ReportReason>, StoreError> {
        let reports: Vec<(String, i64)> = run!(self, |c| {
            reports::table
                .filter(reports::case_id.eq(uid(case)))
                .select((reports::reason, reports::weight))
                .load(c)
        })?;
        let weight = |reason: &ReportReason| -> i64 {
            reports.iter().filter(|(word, _)| word == reason.as_str()).map(|(_, weight)| weight).sum()
        };
        // Of two that weigh alike, the first of the contract.
        let heaviest = ReportReason::ALL.into_iter().rev().max_by_key(weight);
        Ok(heaviest.filter(|_| !reports.is_empty()))
    }

    fn list_own(
        &mut self,
        reporter: UserId,
        filter: &ReportFilter,
        request: PageRequest,
    ) -> Result<Page<Report>, StoreError> {
        macro_rules! passing {
            ($columns:expr) => {{
                let own = reports::reporter_id.eq(uid(reporter));
                let mut query = reports::table.filter(own).select($columns).into_boxed();
                filter_one_of!(query, &filter.statuses, reports::status, ReportStatus::as_str);
                filter_one_of!(query, &filter.kinds, reports::target_type, TargetKind::as_str);
                query
            }};
        }
        let count = run!(self, |c| passing!(count_star()).get_result(c))?;
        let rows: Vec<ReportRow> = run!(self, |c| {
            passing!(ReportRow::as_select())
                .order((reports::created_at.desc(), reports::id.desc()))
                .limit(request.page_size.into())
                .offset(request.offset())
                .load(c)
        })?;
        Ok(Page { count, items: rows.into_iter().map(Report::try_from).collect::<Result<_, _>>()? })
    }

    fn add_case(&mut self, case: &NewCase) -> Result<(), StoreError> {
        let row = (
            moderation_cases::id.eq(uid(case.id)),
            moderation_cases::school_id.eq(uid(case.school)),
            moderation_cases::board_id.eq(case.board.map(uid)),
            moderation_cases::target_type.eq(case.kind.as_str()),
            moderation_cases::target_id.eq(uid(case.target)),
            moderation_cases::snapshot.eq(&case.snapshot),
            moderation_cases::priority.eq(case.priority),
            moderation_cases::opened_at.eq(at(case.opened_at)),
        );
        run!(self, |c| {
            diesel::insert_into(moderation_cases::table).values(row).on_conflict_do_nothing().execute(c)
        })?;
        Ok(())
    }

    fn find_open_case(&mut self, kind: TargetKind, target: Uuid) -> Result<Option<CaseId>, StoreError> {
        let open = moderation_cases::table
            .filter(moderation_cases::target_id.eq(uid(target)))
            .filter(moderation_cases::target_type.eq(kind.as_str()))
            .filter(moderation_cases::decided_at.is_null())
            .select(moderation_cases::id);
        let found = match &mut *self.conn {
            // A write unit on SQLite is alone anyway.
            Conn::Sqlite(c) => open.first(c).optional(),
            #[cfg(feature = "postgres")]
            Conn::Pg(c) => open.for_update().first(c).optional(),
        };
        self.judge(found)
    }

    fn find_case(
        &mut self,
        viewer: &Actor,
        reach: CaseReach,
        id: CaseId,
    ) -> Result<Option<CaseView>, StoreError> {
        cases::find(self, viewer, reach, id)
    }

    fn list_cases(
        &mut self,
        viewer: &Actor,
        reach: CaseReach,
        query: &CaseQuery,
    ) -> Result<Page<CaseView>, StoreError> {
        cases::list(self, viewer, reach, query)
    }

    fn save_verdict(&mut self, case: CaseId, verdict: &Verdict, when: Timestamp) -> Result<(), StoreError> {
        run!(self, |c| {
            diesel::update(moderation_cases::table.find(uid(case)))
                .set((
                    moderation_cases::decided_at.eq(at(when)),
                    moderation_cases::outcome.eq(verdict.outcome.as_str()),
                    moderation_cases::note.eq(&verdict.note),
                    moderation_cases::is_immune.eq(verdict.is_immune),
                ))
                .execute(c)
        })?;
        Ok(())
    }

    fn close_reports(
        &mut self,
        case: CaseId,
        status: ReportStatus,
        when: Timestamp,
    ) -> Result<Vec<(ReportId, UserId)>, StoreError> {
        run!(self, |c| {
            let open = reports::table
                .filter(reports::case_id.eq(uid(case)))
                .filter(reports::status.eq(ReportStatus::Open.as_str()));
            diesel::update(open)
                .set((reports::status.eq(status.as_str()), reports::decided_at.eq(at(when))))
                .returning((reports::id, reports::reporter_id))
                .get_results(c)
        })
    }
}
