//! Exports.

mod collect;

use crate::columns::{at, uid};
use crate::connection::run;
use crate::fragment::Fragment;
use crate::schema::exports;
use crate::unit_of_work::DieselUnitOfWork;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use madang_domain::ctx::Timestamp;
use madang_domain::exports::{Export, ExportRepository, ExportSection, ExportState};
use madang_domain::ids::{ExportId, UserId};
use madang_domain::store::StoreError;

const RUNNING: &str = "running";
const MADE: &str = "made";
const FAILED: &str = "failed";

#[derive(Queryable, Selectable)]
#[diesel(table_name = exports)]
struct ExportRow {
    id: ExportId,
    user_id: UserId,
    state: String,
    file: Option<String>,
    bytes: Option<i64>,
    created_at: Timestamp,
    expires_at: Option<Timestamp>,
}

impl TryFrom<ExportRow> for Export {
    type Error = StoreError;

    fn try_from(row: ExportRow) -> Result<Self, StoreError> {
        let state = match (row.state.as_str(), row.file, row.bytes, row.expires_at) {
            (RUNNING, ..) => ExportState::Running,
            (FAILED, ..) => ExportState::Failed,
            (MADE, Some(file), Some(bytes), Some(expires_at)) => {
                ExportState::Made { file, bytes, expires_at }
            }
            _ => return Err(StoreError::internal("exports.state is an unknown word or has no file")),
        };
        Ok(Self { id: row.id, owner: row.user_id, state, created_at: row.created_at })
    }
}

fn word(state: &ExportState) -> &'static str {
    match state {
        ExportState::Running => RUNNING,
        ExportState::Made { .. } => MADE,
        ExportState::Failed => FAILED,
    }
}

impl ExportRepository for DieselUnitOfWork<'_> {
    fn find(&mut self, owner: UserId, id: ExportId) -> Result<Option<Export>, StoreError> {
        let own = exports::table.find(uid(id)).filter(exports::user_id.eq(uid(owner)));
        let row = run!(self, |c| own.select(ExportRow::as_select()).first(c).optional())?;
        row.map(Export::try_from).transpose()
    }

    fn find_newest(&mut self, owner: UserId) -> Result<Option<Timestamp>, StoreError> {
        run!(self, |c| {
            exports::table
                .filter(exports::user_id.eq(uid(owner)))
                .filter(exports::state.ne(FAILED))
                .order(exports::created_at.desc())
                .select(exports::created_at)
                .first(c)
                .optional()
        })
    }

    fn add(&mut self, export: &Export) -> Result<(), StoreError> {
        let row = (
            exports::id.eq(uid(export.id)),
            exports::user_id.eq(uid(export.owner)),
            exports::state.eq(word(&export.state)),
            exports::created_at.eq(at(export.created_at)),
        );
        run!(self, |c| diesel::insert_into(exports::table).values(row).execute(c))?;
        Ok(())
    }

    fn claim(&mut self, now: Timestamp, until: Timestamp) -> Result<Option<Export>, StoreError> {
        let row = run!(self, |c| {
            exports::table
                // Spelled out, because an index of a part of the rows is not used for a value that is bound.
                .filter(Fragment::<Bool>::sql("exports.state = 'running'"))
                .filter(
                    exports::claimed_until.is_null().or(exports::claimed_until.assume_not_null().le(at(now))),
                )
                .order((exports::created_at.asc(), exports::id.asc()))
                .select(ExportRow::as_select())
                .first(c)
                .optional()
        })?;
        let Some(export) = row.map(Export::try_from).transpose()? else { return Ok(None) };
        let free = exports::table.find(uid(export.id)).filter(
            exports::claimed_until.is_null().or(exports::claimed_until.assume_not_null().le(at(now))),
        );
        let claimed = exports::claimed_until.eq(at(until));
        let won = run!(self, |c| diesel::update(free).set(claimed).execute(c))? == 1;
        Ok(won.then_some(export))
    }

    fn save(&mut self, export: &Export) -> Result<(), StoreError> {
        let (file, bytes, expires_at) = match &export.state {
            ExportState::Made { file, bytes, expires_at } => {
                (Some(file.clone()), Some(*bytes), Some(at(*expires_at)))
            }
            ExportState::Running | ExportState::Failed => (None, None, None),
        };
        let change = (
            exports::state.eq(word(&export.state)),
            exports::file.eq(file),
            exports::bytes.eq(bytes),
            exports::expires_at.eq(expires_at),
        );
        let row = exports::table.find(uid(export.id));
        run!(self, |c| diesel::update(row).set(change).execute(c))?;
        Ok(())
    }

    fn list_files(&mut self, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let files: Vec<Option<String>> = run!(self, |c| {
            exports::table
                .filter(exports::expires_at.is_not_null())
                .filter(exports::expires_at.assume_not_null().gt(at(now)))
                .select(exports::file)
                .load(c)
        })?;
        Ok(files.into_iter().flatten().collect())
    }

    fn purge(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        let old = exports::table.filter(exports::created_at.lt(at(before)));
        run!(self, |c| diesel::delete(old).execute(c))
    }

    fn collect(&mut self, owner: UserId) -> Result<Vec<ExportSection>, StoreError> {
        collect::collect(self, owner)
    }
}
