//! The port of sanctions.

use super::{NewSanction, Running, Sanction, SanctionKind, SanctionScope, StaffSanction, Subject};
use crate::actor::Actor;
use crate::ctx::Timestamp;
use crate::filters::{OneOf, TimeTest};
use crate::ids::{SanctionId, UserId};
use crate::paging::{Page, PageRequest};
use crate::removals::ItemRef;
use crate::reports::CaseReach;
use crate::store::StoreError;

/// Which sanctions are listed; all tests must pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SanctionFilter {
    /// Of these kinds.
    pub kinds: Option<OneOf<SanctionKind>>,
    /// With one of these scopes.
    pub scopes: Option<OneOf<SanctionScope>>,
    /// Neither ended nor lifted, or one of both.
    pub active: Option<bool>,
    /// Tests of the beginning.
    pub starts_at: Vec<TimeTest>,
}

/// Sanctions.
pub trait SanctionRepository {
    /// Stores a sanction.
    fn add(&mut self, sanction: &NewSanction) -> Result<(), StoreError>;

    /// The person's own sanctions, those that came through anonymous items included, the latest first.
    fn list_own(
        &mut self,
        person: UserId,
        filter: &SanctionFilter,
        now: Timestamp,
        request: PageRequest,
    ) -> Result<Page<Sanction>, StoreError>;

    /// One of the person's own sanctions.
    fn find_own(&mut self, person: UserId, id: SanctionId) -> Result<Option<Sanction>, StoreError>;

    /// The person's restrictions and bans that run at `now`, the one that ends last first.
    fn list_running(&mut self, person: UserId, now: Timestamp) -> Result<Vec<Running>, StoreError>;

    /// Brings the account of `subject` in line with what runs at `now`, as [`effect`](super::effect) has it. A ban ends all
    /// sessions and personal tokens (AUTH-13). Who has withdrawn stays so. Nobody is told who it is.
    fn enforce(&mut self, subject: Subject, now: Timestamp) -> Result<(), StoreError>;

    /// A sanction in reach, as staff see it; one statement.
    fn find(
        &mut self,
        viewer: &Actor,
        reach: CaseReach,
        id: SanctionId,
    ) -> Result<Option<StaffSanction>, StoreError>;

    /// A page of the sanctions in reach, the latest first; a count and one statement.
    fn list(
        &mut self,
        viewer: &Actor,
        reach: CaseReach,
        filter: &SanctionFilter,
        now: Timestamp,
        request: PageRequest,
    ) -> Result<Page<StaffSanction>, StoreError>;

    /// Lifts a sanction; `false` when it was lifted before.
    fn lift(&mut self, id: SanctionId, at: Timestamp) -> Result<bool, StoreError>;

    /// Lifts the warnings that were given for an item.
    fn lift_warnings(&mut self, item: ItemRef, at: Timestamp) -> Result<(), StoreError>;
}
