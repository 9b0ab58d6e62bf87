//! The port of readings.

use super::View;
use crate::ids::PostId;
use crate::store::StoreError;

/// Readings.
pub trait ViewRepository {
    /// Keeps the readings that are not known yet; answers the post of each new one. At most 1,000.
    fn add(&mut self, views: &[View]) -> Result<Vec<PostId>, StoreError>;
}
