//! What is said against sanctions.

use crate::columns::{at, uid};
use crate::connection::run;
use crate::filters::filter_one_of;
use crate::schema::appeals;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::dsl::count_star;
use diesel::prelude::*;
use madang_domain::appeals::{Appeal, AppealRepository, AppealStatus, NewAppeal};
use madang_domain::ctx::Timestamp;
use madang_domain::filters::OneOf;
use madang_domain::ids::{AppealId, SanctionId, SchoolId};
use madang_domain::paging::{Page, PageRequest};
use madang_domain::store::StoreError;

#[derive(Queryable, Selectable)]
#[diesel(table_name = appeals)]
pub(crate) struct AppealRow {
    id: AppealId,
    sanction_id: SanctionId,
    contents: String,
    status: String,
    note: Option<String>,
    created_at: Timestamp,
    decided_at: Option<Timestamp>,
}

impl TryFrom<AppealRow> for Appeal {
    type Error = StoreError;

    fn try_from(row: AppealRow) -> Result<Self, StoreError> {
        let status = AppealStatus::from_word(&row.status);
        Ok(Self {
            id: row.id,
            sanction: row.sanction_id,
            contents: row.contents,
            status: status.ok_or_else(|| StoreError::internal("appeals.status is an unknown word"))?,
            note: row.note,
            created_at: row.created_at,
            decided_at: row.decided_at,
        })
    }
}

impl AppealRepository for DieselUnitOfWork<'_> {
    fn add(&mut self, appeal: &NewAppeal) -> Result<bool, StoreError> {
        let row = (
            appeals::id.eq(uid(appeal.id)),
            appeals::sanction_id.eq(uid(appeal.sanction)),
            appeals::school_id.eq(uid(appeal.school)),
            appeals::contents.eq(&appeal.contents),
            appeals::status.eq(AppealStatus::Open.as_str()),
            appeals::created_at.eq(at(appeal.created_at)),
        );
        let added = run!(self, |c| {
            diesel::insert_into(appeals::table).values(row).on_conflict_do_nothing().execute(c)
        })?;
        Ok(added == 1)
    }

    fn find(&mut self, school: Option<SchoolId>, id: AppealId) -> Result<Option<Appeal>, StoreError> {
        let row: Option<AppealRow> = run!(self, |c| {
            let found = appeals::table.filter(appeals::id.eq(uid(id))).select(AppealRow::as_select());
            match school {
                Some(school) => found.filter(appeals::school_id.eq(uid(school))).first(c),
                None => found.first(c),
            }
            .optional()
        })?;
        row.map(Appeal::try_from).transpose()
    }

    fn list(
        &mut self,
        school: Option<SchoolId>,
        statuses: Option<&OneOf<AppealStatus>>,
        request: PageRequest,
    ) -> Result<Page<Appeal>, StoreError> {
        macro_rules! passing {
            ($columns:expr) => {{
                let mut query = appeals::table.select($columns).into_boxed();
                if let Some(school) = school {
                    query = query.filter(appeals::school_id.eq(uid(school)));
                }
                filter_one_of!(query, statuses, appeals::status, AppealStatus::as_str);
                query
            }};
        }
        let count = run!(self, |c| passing!(count_star()).get_result(c))?;
        let rows: Vec<AppealRow> = run!(self, |c| {
            passing!(AppealRow::as_select())
                .order((appeals::created_at, appeals::id))
                .limit(request.page_size.into())
                .offset(request.offset())
                .load(c)
        })?;
        Ok(Page { count, items: rows.into_iter().map(Appeal::try_from).collect::<Result<_, _>>()? })
    }

    fn decide(
        &mut self,
        id: AppealId,
        status: AppealStatus,
        note: &str,
        when: Timestamp,
    ) -> Result<bool, StoreError> {
        let open = appeals::table.filter(appeals::id.eq(uid(id))).filter(appeals::decided_at.is_null());
        let marks =
            (appeals::status.eq(status.as_str()), appeals::note.eq(note), appeals::decided_at.eq(at(when)));
        Ok(run!(self, |c| diesel::update(open).set(marks).execute(c))? == 1)
    }
}
