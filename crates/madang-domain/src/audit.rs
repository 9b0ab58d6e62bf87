//! Security events and acts of staff, written in the transaction of the act (LOG-1, LOG-3).

/// The two logs.
pub trait AuditRepository {}
