//! The port of appeals.

use super::{Appeal, AppealStatus, NewAppeal};
use crate::ctx::Timestamp;
use crate::filters::OneOf;
use crate::ids::{AppealId, SchoolId};
use crate::paging::{Page, PageRequest};
use crate::store::StoreError;

/// Appeals.
pub trait AppealRepository {
    /// Stores an appeal; `false` when its sanction has one (SAN-4).
    fn add(&mut self, appeal: &NewAppeal) -> Result<bool, StoreError>;

    /// The appeal, if it was made in `school`, or in any for `None`.
    fn find(&mut self, school: Option<SchoolId>, id: AppealId) -> Result<Option<Appeal>, StoreError>;

    /// A page of the appeals of `school`, or of all, the oldest first.
    fn list(
        &mut self,
        school: Option<SchoolId>,
        statuses: Option<&OneOf<AppealStatus>>,
        request: PageRequest,
    ) -> Result<Page<Appeal>, StoreError>;

    /// Decides an appeal; `false` when it was decided before.
    fn decide(
        &mut self,
        id: AppealId,
        status: AppealStatus,
        note: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError>;
}
