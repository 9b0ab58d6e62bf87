//! Making an export, in two units around the writing of its file.

use super::{Export, ExportSection, ExportState, KEEP};
use crate::ctx::Moment;
use crate::store::{StoreError, UnitOfWork};
use chrono::TimeDelta;

/// How long one job may take before another one tries.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// An export that is being made.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimedExport {
    /// The export.
    pub export: Export,
    /// What goes into its file.
    pub sections: Vec<ExportSection>,
}

/// Takes the next export that is to be made, with all that goes into it.
pub fn claim_export(uow: &mut dyn UnitOfWork, moment: &Moment) -> Result<Option<ClaimedExport>, StoreError> {
    let Some(export) = uow.exports().claim(moment.now, moment.now + LEASE)? else { return Ok(None) };
    let sections = uow.exports().collect(export.owner)?;
    Ok(Some(ClaimedExport { export, sections }))
}

/// Notes the file of an export with its length, or that it could not be made.
pub fn finish_export(
    uow: &mut dyn UnitOfWork,
    moment: &Moment,
    export: &Export,
    made: Option<(String, i64)>,
) -> Result<(), StoreError> {
    let state = made.map_or(ExportState::Failed, |(file, bytes)| ExportState::Made {
        file,
        bytes,
        expires_at: moment.now + KEEP,
    });
    uow.exports().save(&Export { state, ..export.clone() })
}
