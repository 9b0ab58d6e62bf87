//! The port of sanctions.

use super::{NewSanction, Sanction, SanctionKind};
use crate::ctx::Timestamp;
use crate::filters::OneOf;
use crate::ids::UserId;
use crate::paging::{Page, PageRequest};
use crate::removals::ItemRef;
use crate::store::StoreError;

/// Which sanctions are listed; all tests must pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SanctionFilter {
    /// Of these kinds.
    pub kinds: Option<OneOf<SanctionKind>>,
    /// Neither ended nor lifted, or one of both.
    pub active: Option<bool>,
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

    /// Lifts the warnings that were given for an item.
    fn lift_warnings(&mut self, item: ItemRef, at: Timestamp) -> Result<(), StoreError>;
}
