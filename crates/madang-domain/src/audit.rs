//! Security events and acts of staff, written in the transaction of the act (LOG-1, LOG-3).

mod entry;
mod list_acts;
mod repository;

pub use entry::{AuditAction, AuditEntry, ModerationAct};
pub use list_acts::list_acts;
pub use repository::{ActFilter, ActView, AuditFilter, AuditRepository};
