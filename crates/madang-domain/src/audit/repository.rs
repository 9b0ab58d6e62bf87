//! The port of the logs.

use crate::audit::{AuditAction, AuditEntry, ModerationAct};
use crate::filters::{OneOf, TimeTest};
use crate::ids::UserId;
use crate::paging::{Feed, FeedRequest};
use crate::store::StoreError;

/// Which events an admin lists; all tests must pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Of these kinds.
    pub actions: Option<OneOf<AuditAction>>,
    /// About these users.
    pub subjects: Option<OneOf<UserId>>,
    /// Tests of the time.
    pub at: Vec<TimeTest>,
}

/// The two logs. Rows are added and never changed.
pub trait AuditRepository {
    /// Adds a security event.
    fn add_event(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Adds an act of staff.
    fn add_act(&mut self, act: &ModerationAct) -> Result<(), StoreError>;

    /// A stretch of the security events. For admins.
    fn list_events(
        &mut self,
        filter: &AuditFilter,
        request: &FeedRequest,
    ) -> Result<Feed<AuditEntry>, StoreError>;
}
