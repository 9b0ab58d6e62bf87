//! Security events and acts of staff, written in the transaction of the act (LOG-1, LOG-3).

mod entry;
mod repository;

pub use entry::{AuditAction, AuditEntry, ModerationAct};
pub use repository::{AuditFilter, AuditRepository};
