//! Exports: everything that somebody wrote or set here, in one file (ACC-23).

mod build_export;
mod create_export;
mod export;
mod find_export;
mod repository;

pub use build_export::{ClaimedExport, claim_export, finish_export};
pub use create_export::{CreateExportError, create_export};
pub use export::{Export, ExportRecord, ExportSection, ExportState, ExportStatus, ExportValue, KEEP};
pub use find_export::{FindExportFileError, find_export, find_export_file};
pub use repository::ExportRepository;
