//! Looking at an export, and taking its file.

use super::{Export, ExportState, ExportStatus};
use crate::ctx::Ctx;
use crate::ids::ExportId;
use crate::store::{StoreError, UnitOfWork};

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum FindExportFileError {
    /// The caller has no such export.
    #[error("no such export")]
    NotFound,
    /// It is not made yet, could not be made, or has expired.
    #[error("there is no file")]
    NotReady,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The caller's own export; `None` for a foreign id too.
pub fn find_export(uow: &mut dyn UnitOfWork, ctx: &Ctx, id: ExportId) -> Result<Option<Export>, StoreError> {
    uow.exports().find(ctx.actor.user, id)
}

/// The name of the file of the caller's own export.
pub fn find_export_file(
    uow: &mut dyn UnitOfWork,
    ctx: &Ctx,
    id: ExportId,
) -> Result<String, FindExportFileError> {
    let export = uow.exports().find(ctx.actor.user, id)?.ok_or(FindExportFileError::NotFound)?;
    match export.state {
        ExportState::Made { ref file, .. } if export.status(ctx.now) == ExportStatus::Ready => {
            Ok(file.clone())
        }
        _ => Err(FindExportFileError::NotReady),
    }
}
