//! The port of the logs.

use crate::accounts::UserSummary;
use crate::audit::{AuditAction, AuditEntry, ModerationAct};
use crate::boards::BoardRef;
use crate::ctx::Timestamp;
use crate::filters::{OneOf, TimeTest};
use crate::ids::{BoardId, LogId, SchoolId, UserId};
use crate::paging::{Feed, FeedRequest};
use crate::store::StoreError;
use uuid::Uuid;

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

/// Which acts of staff are listed; all tests must pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActFilter {
    /// Of these words.
    pub acts: Option<OneOf<&'static str>>,
    /// In these boards; a reveal is in none.
    pub boards: Option<OneOf<BoardId>>,
    /// Under these rules.
    pub rules: Option<OneOf<&'static str>>,
    /// Tests of the time.
    pub at: Vec<TimeTest>,
}

/// An act of staff with the names of what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActView {
    /// Its id, ordered by time.
    pub id: LogId,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub act: String,
    /// In which board, if in one.
    pub board: Option<BoardRef>,
    /// Who manages that board.
    pub manager: Option<UserId>,
    /// Under which rule.
    pub rule: Option<String>,
    /// Who did it; `None` for somebody who has withdrawn, and where it is not told.
    pub actor: Option<UserSummary>,
    /// The kind of what it was done to, where it is told.
    pub target_type: Option<String>,
    /// What it was done to, where it is told.
    pub target: Option<Uuid>,
    /// Why, where it is told.
    pub reason: Option<String>,
}

impl ActView {
    /// The act as members see it: what, where, under which rule and when.
    pub fn without_details(self) -> Self {
        Self { actor: None, target_type: None, target: None, reason: None, ..self }
    }

    /// The act as everybody sees it that it is about nobody's business: what and when.
    pub(super) fn without_place(self) -> Self {
        Self { board: None, manager: None, rule: None, ..self.without_details() }
    }
}

/// The two logs. Rows are added and never changed.
pub trait AuditRepository {
    /// Adds a security event.
    fn add_event(&mut self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Adds an act of staff.
    fn add_act(&mut self, act: &ModerationAct) -> Result<(), StoreError>;

    /// An act of staff with the names of board and actor.
    fn find_act(&mut self, id: LogId) -> Result<Option<ActView>, StoreError>;

    /// A stretch of the acts of staff, of one school or of all, with the names of board and actor; one statement.
    fn list_acts(
        &mut self,
        school: Option<SchoolId>,
        filter: &ActFilter,
        request: &FeedRequest,
    ) -> Result<Feed<ActView>, StoreError>;

    /// A stretch of the security events. For admins.
    fn list_events(
        &mut self,
        filter: &AuditFilter,
        request: &FeedRequest,
    ) -> Result<Feed<AuditEntry>, StoreError>;
}
