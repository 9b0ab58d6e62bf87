//! The port of changed settings.

use super::{Overrides, SettingValue};
use crate::ctx::Timestamp;
use crate::ids::UserId;
use crate::store::StoreError;

/// Changed settings. The revision rises with every change, so that a node knows cheaply whether it is up to date.
pub trait SettingsRepository {
    /// The revision; 0 before the first change.
    fn find_revision(&mut self) -> Result<i64, StoreError>;

    /// All settings that differ from the defaults. What this build cannot read is left out.
    fn list(&mut self) -> Result<Overrides, StoreError>;

    /// Keeps a setting, or with `None` goes back to its default.
    fn save(
        &mut self,
        key: &str,
        value: Option<&SettingValue>,
        revision: i64,
        by: UserId,
        now: Timestamp,
    ) -> Result<(), StoreError>;
}
